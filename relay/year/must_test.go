package year

import "slices"

var roles = [2]string{mentor: "mentor", mentee: "mentee"}

// checkNatures: the tips that each temperament must get, and those that it must not.
func (w *world) checkNatures(gave []given) {
	for _, p := range w.pairs {
		if !p.plain {
			continue
		}
		for side, x := range p.people {
			never, got := p.nature.never[side], map[string]bool{}
			for _, g := range gave {
				if g.to != x {
					continue
				}
				got[g.key] = true
				if g.key != "pace-check" && (slices.Contains(never, g.key) || slices.Contains(never, "all")) && !w.excused(g) {
					w.fault("%s: %s to %s (%s), who must not get it", at(g.at), g.key, x, roles[side])
				}
			}
			for _, key := range p.nature.must[side] {
				if !got[key] && w.end.Sub(w.start) > 300*day {
					w.fault("%s (%s) never got %s", x, roles[side], key)
				}
			}
		}
	}
}

// excused tells whether a tip comes of letters that waited for a service that slept.
func (w *world) excused(g given) bool {
	for _, s := range w.asleep {
		if g.at.After(s.from) && g.at.Before(s.until.Add(21*day)) {
			return true
		}
	}
	return false
}
