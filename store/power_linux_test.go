package store_test

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"parley/dossier"
	"parley/store"
	"parley/store/storetest"
)

// Promise 1: no answer, post or draft that was acknowledged is lost or doubled by a
// power cut. The files are
// made again as a disk might have left them at a random moment: everything that
// was synced, and of the rest whatever chance kept, sector by sector.
// PARLEY_CUTS sets how often; a release asks for 100000.
func TestPowerCutLosesNothing(t *testing.T) {
	lost, broken := cutPower(t, recordedWrites(t, ""), cuts(150))
	if lost > 0 || broken > 0 {
		t.Errorf("%d cuts lost or doubled what was acknowledged, %d broke the file", lost, broken)
	}
}

// The control: without a sync at each commit the same test must find losses,
// else it proves nothing.
func TestPowerCutLosesWithoutSync(t *testing.T) {
	if lost, _ := cutPower(t, recordedWrites(t, "synchronous(normal)"), cuts(60)); lost == 0 {
		t.Error("no cut lost anything, so the test cannot see losses")
	}
}

func cuts(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("PARLEY_CUTS")); err == nil {
		return n
	}
	if testing.Short() {
		return usual / 5
	}
	return usual
}

// Promise 3: a disk that is full or fails at any operation gives an error and
// no half of a deed, and the store works on when the disk does.
func TestFailingDisk(t *testing.T) {
	must(t, register())
	ctx := context.Background()
	s := storetest.Open(t, store.WithFiles(storetest.SQLite(t), recorderName, ""))
	t.Cleanup(func() { failAfter(-1) })
	must(t, s.Write(ctx, func(d store.Deed) error { return d.Exec("pragma wal_autocheckpoint(10)") }))
	versions := []*dossier.Dossier{sample("river"), plain("river")}
	load(t, s, versions[0])
	failed := 0
	for n := 0; ; n++ {
		before, next := state(t, s), versions[(n+1)%2]
		failAfter(n)
		_, err := s.LoadDossier(ctx, next, now)
		failAfter(-1)
		if err == nil {
			break
		}
		failed++
		if state(t, s) != before {
			t.Fatalf("half a deed is left by a failure at operation %d", n)
		}
		// The same deed again, so that every n meets a whole one.
		load(t, s, next)
		got, err := s.Dossier(ctx, "river")
		must(t, err)
		if asJSON(t, got) != asJSON(t, next) {
			t.Fatalf("after the failure at operation %d the store is not itself", n)
		}
	}
	if failed < 5 {
		t.Errorf("only %d operations could fail", failed)
	}
	t.Logf("%d operations failed, each cleanly", failed)
	recording()
}

// recorded is what happened to the files while the speakers spoke, and what they
// held before.
type recorded struct {
	log    []happening
	from   int // where they began
	before []held
	*hearing
}

// recordedWrites lets the speakers speak through the real store, with several
// checkpoints.
func recordedWrites(t *testing.T, pragma string) recorded {
	t.Helper()
	must(t, register())
	recording()
	ctx := context.Background()
	c := store.WithFiles(storetest.SQLite(t), recorderName, pragma)
	s := storetest.Open(t, c)
	must(t, s.Write(ctx, func(d store.Deed) error { return d.Exec("pragma wal_autocheckpoint(60)") }))
	r := recorded{hearing: hear(t, s)}
	var err error
	r.before, err = lookAt(c.Dir)
	must(t, err)
	r.log = recording()
	r.from = len(r.log)
	var wg sync.WaitGroup
	for w := range speakers {
		wg.Go(func() {
			for i := range 60 {
				if err := r.do(ctx, "power", w, i); err != nil {
					t.Error(err)
					return
				}
				acknowledge(strconv.Itoa(w))
			}
		})
	}
	wg.Wait()
	r.log = append(r.log, recording()...)
	return r
}

// cutPower cuts the power at random moments and counts the cuts after which
// something acknowledged is missing or stands twice, or the file is damaged.
func cutPower(t *testing.T, r recorded, times int) (lost, broken int) {
	t.Helper()
	chance := rand.New(rand.NewPCG(1, 2))
	moments := make([]int, times)
	for i := range moments {
		moments[i] = r.from + chance.IntN(len(r.log)-r.from)
	}
	slices.Sort(moments)
	d := disk{}
	dir := t.TempDir()
	deeds := make([]int, speakers) // acknowledged, of each speaker
	after := 0
	for _, moment := range moments {
		for ; after < moment; after++ {
			if h := r.log[after]; h.op == acknowledged {
				w, err := strconv.Atoi(string(h.data))
				must(t, err)
				deeds[w]++
			}
			d.happen(r.log[after])
		}
		d.leave(t, dir, chance)
		missing, damage := r.inspect(dir, deeds)
		if missing != "" {
			lost++
		}
		if damage != "" {
			broken++
			t.Logf("cut at %d of %d: %s", moment, len(r.log), damage)
		}
	}
	t.Logf("%d cuts in %d operations, %v deeds acknowledged: %d lost or doubled some, %d damaged the file", times, len(r.log)-r.from, deeds, lost, broken)
	return lost, broken
}

// disk is what is safe in each file, and what was written since and is not.
type disk map[string]*diskFile

type diskFile struct {
	safe  []byte
	loose []happening
}

func (d disk) happen(h happening) {
	if h.op == acknowledged {
		return
	}
	f := d[h.file]
	if f == nil {
		f = &diskFile{}
		d[h.file] = f
	}
	switch h.op {
	case synced:
		for _, l := range f.loose {
			f.safe = apply(f.safe, l)
		}
		f.loose = nil
	case deleted:
		delete(d, h.file)
	default:
		f.loose = append(f.loose, h)
	}
}

func apply(content []byte, h happening) []byte {
	if h.op == truncated {
		return slices.Clone(content[:min(int64(len(content)), h.at)])
	}
	if end := int(h.at) + len(h.data); end > len(content) {
		content = append(content, make([]byte, end-len(content))...)
	}
	copy(content[h.at:], h.data)
	return content
}

const sector = 512

// leave writes the files as a power cut leaves them. A truncation that was not
// synced may have happened or not; a write may have reached some sectors.
func (d disk) leave(t *testing.T, dir string, chance *rand.Rand) {
	t.Helper()
	old, err := filepath.Glob(filepath.Join(dir, "*"))
	must(t, err)
	for _, f := range old {
		must(t, os.Remove(f))
	}
	for name, f := range d {
		if strings.HasSuffix(name, "-shm") {
			continue
		}
		content := slices.Clone(f.safe)
		for _, l := range f.loose {
			switch chance.IntN(3) {
			case 0: // never arrived
			case 1:
				content = apply(content, l)
			case 2:
				for i := 0; i < len(l.data); i += sector {
					if chance.IntN(2) == 0 {
						content = apply(content, happening{at: l.at + int64(i), data: l.data[i:min(i+sector, len(l.data))]})
					}
				}
			}
		}
		must(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
	}
}

// inspect opens what a cut has left, without any help of the store.
func (r recorded) inspect(dir string, deeds []int) (missing, damage string) {
	db, err := sql.Open("sqlite", filepath.Join(dir, store.FileName))
	if err != nil {
		return "", err.Error()
	}
	defer db.Close()
	if err := db.QueryRow("pragma integrity_check").Scan(&damage); err != nil {
		return "all", err.Error()
	}
	if damage == "ok" {
		damage = ""
	}
	got, err := lookAt(dir)
	if err != nil {
		return err.Error(), damage
	}
	for w, k := range deeds {
		if what := r.unbroken(r.before[w], got[w], "power", w, k); what != "" {
			return what, damage
		}
	}
	return "", damage
}
