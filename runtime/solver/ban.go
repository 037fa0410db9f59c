package solver

import (
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// A party whose signature could not be honoured is passed over for firstBan,
// and twice as long each further time, up to longestBan, until it has kept its
// word for as long as that. Block time.
const (
	firstBan   lilypad.Seconds = 60
	longestBan lilypad.Seconds = 24 * 3600
)

// blamed tells who made an entry of a batch fail: it took its money away, or
// voided what it had signed. Zero: nobody, such as when time ran out.
func (r *record) blamed(reason string) lilypad.Address {
	switch reason {
	case settlement.ReasonCreatorFunds, settlement.ReasonCreatorEpoch, settlement.ReasonSeed, settlement.ReasonAudit:
		return r.Posting.Offer.Body.Creator
	case settlement.ReasonProviderFunds, settlement.ReasonProviderEpoch:
		return r.Provider
	}
	return lilypad.Address{}
}

// ban passes a party over for a while.
func (b *book) ban(who lilypad.Address, now lilypad.Time, reason string) api.Ban {
	last := b.bans[who]
	ban := api.Ban{Who: who, Times: last.Times + 1, Reason: reason}
	if now > last.Until+lilypad.Time(longestBan) {
		ban.Times = 1
	}
	ban.Until = now + lilypad.Time(min(firstBan<<min(ban.Times-1, 16), longestBan))
	b.bans[who], b.judged[who], b.freed = ban, true, true
	return ban
}

// banned returns the ban that a party is under, if it is.
func (b *book) banned(who lilypad.Address, now lilypad.Time) (api.Ban, bool) {
	ban, ok := b.bans[who]
	return ban, ok && now <= ban.Until
}
