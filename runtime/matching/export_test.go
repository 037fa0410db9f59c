package matching

import "github.com/lilypad-network/lilypad"

// Fitting lists the providers that the index finds for a job, room aside.
func (b *Book) Fitting(j *Job) (out []lilypad.Address) {
	for place := range b.fitting(j).all() {
		if e := b.places[place]; e.machine(&j.Work.Needs) >= 0 {
			out = append(out, e.offer.Provider)
		}
	}
	return out
}
