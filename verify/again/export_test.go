package again

import "fmt"

// Memory re-checks many bundles of the same question: what is derived from the
// question and the names of the first is derived once.
type Memory map[string][]any

// Bundle is what the package's function of that name is.
func (m Memory) Bundle(data []byte) (Report, error) {
	return check(data, func(p *proof) []any {
		key := fmt.Sprint(p.sha256, p.labels, p.alike)
		if known := m[key]; known != nil {
			return known
		}
		anew := p.derive()
		if len(m) == 0 {
			m[key] = anew
		}
		return anew
	})
}
