package main

import (
	"slices"
	"strings"

	"parley/deal"
)

// choices reads a package from words such as "nato/US-yields", each matter once:
// by topic its option, "" where the matter is left open.
func (s *session) choices(words []string) (map[string]string, error) {
	out := map[string]string{}
	for _, text := range words {
		topic, option, ok := strings.Cut(text, "/")
		if !ok || topic == "" {
			return nil, s.wrong("usage.choice", "Got", text)
		}
		if before, twice := out[topic]; twice {
			return nil, s.wrong("usage.choice-twice", "Topic", topic, "First", topic+"/"+before, "Second", text)
		}
		out[topic] = option
	}
	return out, nil
}

// knownChoices reports the first choice that the table does not have, with what
// it has instead.
func (s *session) knownChoices(words []string, menu []deal.Matter) error {
	for _, text := range words {
		topic, option, _ := strings.Cut(text, "/")
		var topics []string
		for _, m := range menu {
			topics = append(topics, m.Topic)
		}
		at := slices.Index(topics, topic)
		if at < 0 {
			return s.wrong("usage.choice-topic", "Got", text, "Topic", topic, "Near", nearest(topic, topics), "Topics", shortList(topics))
		}
		var options []string
		for _, way := range menu[at].Options {
			options = append(options, way.Option)
		}
		if option != "" && !slices.Contains(options, option) {
			return s.wrong("usage.choice-option", "Got", text, "Topic", topic, "Option", option, "Near", nearest(option, options), "Options", shortList(options))
		}
	}
	return nil
}

// shortList joins words, of a long list the first of them.
func shortList(words []string) string {
	const most = 12
	if len(words) > most {
		words = append(slices.Clone(words[:most]), "…")
	}
	return strings.Join(words, ", ")
}
