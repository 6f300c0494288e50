package deal

// Representative is a point of the frontier that stands for those near it.
type Representative struct {
	Point int    `json:"point"` // index into Answer.Frontier
	Rule  string `json:"rule"`  // "leximin", "kalai-smorodinsky", "nash", "utilitarian" or "cluster"
	For   int    `json:"for"`   // how many points of the frontier it stands for, itself included; 0 where the rule alone chose it
}
