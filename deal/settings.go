package deal

import "parley/fault"

// EngineVersion stands in every question and so in its hash: an answer is
// reproducible with the same version.
const EngineVersion = "parley-deals-2"

// Stakes says how an interest counts that several topics touch.
type Stakes string

const (
	Split Stakes = "split" // one interest, one stake: 1/n in each of n topics, or the stated shares
	Full  Stakes = "full"  // counted whole in every topic
)

// Baseline is what every gain is measured from.
type Baseline string

const (
	Free         Baseline = "free"         // the status quo plus whatever nobody need pay for
	StatusQuo    Baseline = "status-quo"   // nothing changes
	Disagreement Baseline = "disagreement" // the values that the table states
)

// Told is the baseline as people read of it. In a table of points nothing is free
// that costs somebody points, so that it is what there is now.
func (b Baseline) Told(points bool) Baseline {
	if points && b == Free {
		return StatusQuo
	}
	return b
}

// Limits of the settings.
const (
	DefaultSamples = 10_000
	MaxSamples     = 1_000_000
)

// Settings are the part of a question that is not in the dossier.
type Settings struct {
	Seed     uint64
	Samples  int // weightings to sample; 0 gives the exact part only
	Stakes   Stakes
	Baseline Baseline
	Limit    int64 // bounds the search for the frontier where options interact, in partial packages looked at; 0: DefaultLimit
	Brief    bool  // leaves out strength, roadmaps and formats; no part of the question
}

// DefaultSettings are those of `parley deals` without flags.
func DefaultSettings() Settings {
	return Settings{Seed: 1, Samples: DefaultSamples, Stakes: Split, Baseline: Free}
}

// Check reports settings that cannot be used.
func (s Settings) Check() error {
	switch {
	case s.Samples < 0 || s.Samples > MaxSamples:
		return fault.New(fault.Invalid, "deal.settings.samples", "samples: %d is not between 0 and %d", s.Samples, MaxSamples)
	case s.Limit < 0:
		return fault.New(fault.Invalid, "deal.settings.limit", "limit: %d is negative", s.Limit)
	case s.Stakes != Split && s.Stakes != Full:
		return fault.New(fault.Invalid, "deal.settings.stakes", "stakes: %q is neither %q nor %q", s.Stakes, Split, Full)
	case s.Baseline != Free && s.Baseline != StatusQuo:
		return fault.New(fault.Invalid, "deal.settings.baseline", "baseline: %q is neither %q nor %q", s.Baseline, Free, StatusQuo)
	}
	return nil
}
