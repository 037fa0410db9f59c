package matching

import "github.com/lilypad-network/lilypad"

// Fitting lists the providers that the index finds for a job, room aside.
func (b *Book) Fitting(j *Job) (out []lilypad.Address) {
	for place := range b.fitting(j).all() {
		out = append(out, b.places[place].offer.Provider)
	}
	return out
}
