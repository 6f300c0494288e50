package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

// Promise 16: however many sign in at once, hashing takes the memory of a few.
func TestManySignInsAtOnceTakeLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand password hashes take half a minute")
	}
	const clients, bound = 1000, 64 << 20
	s := storetest.Open(t, store.Config{Dir: t.TempDir(), QueueLimit: 4 * clients})
	o, _ := owner(t, s)
	base := resident(t)
	highest := make(chan int64)
	stop := make(chan struct{})
	go func() {
		most := int64(0)
		for {
			select {
			case <-stop:
				highest <- most
				return
			case <-time.After(time.Millisecond):
				most = max(most, resident(t))
			}
		}
	}()
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			name, password := "olga", goodPassword
			if i%2 == 1 {
				name = fmt.Sprint("nobody", i)
			}
			got, err := s.SignIn(context.Background(), name, password, "", "", now)
			if err != nil && !fault.Is(err, fault.Invalid) || err == nil && got.Person != o.Person {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	wg.Wait()
	close(stop)
	most := <-highest
	t.Logf("memory rose by %.1f MiB", float64(most-base)/(1<<20))
	if most-base > bound {
		t.Errorf("memory rose by %d MiB, allowed are %d", (most-base)>>20, bound>>20)
	}
}

// resident is how much memory this process has, in bytes.
func resident(t *testing.T) int64 {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		t.Error(err)
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) == 3 && words[0] == "VmRSS:" {
			n, err := strconv.ParseInt(words[1], 10, 64)
			if err != nil {
				t.Error(err)
			}
			return n << 10
		}
	}
	t.Error("the system does not tell the memory of a process")
	return 0
}
