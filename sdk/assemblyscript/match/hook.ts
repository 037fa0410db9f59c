// For plugins that rank the offers a job can have.
//
// The solver has already dropped every offer that cannot run the job. Offers
// and jobs are views: keep no view after score returns. A plugin has exactly
// the hooks whose exports it passes on.
import * as guest from "../guest";
import { Decision, Job, OfferRecord, ScoreRecord, KIND_JOB, SIZE_JOB, KIND_OFFER_RECORD, SIZE_OFFER_RECORD, SIZE_SCORE_RECORD } from "./match_gen";

/** Offer is a provider's standing offer. Every offer of a batch can run the job. */
@unmanaged
export class Offer extends OfferRecord {}

/** Hook scores one offer for a job. The answer may depend on nothing else: neither on other offers nor on earlier calls. */
export abstract class Hook {
  abstract score(job: Job, offer: Offer): Score;
}

let make: ((s: guest.Settings) => Hook) | null = null;
let hook: Hook | null = null;

/** register names what makes the hook from its settings. */
export function register(f: (s: guest.Settings) => Hook): void {
  make = f;
  guest.register((s) => { hook = make!(s); });
}

export function lilypad_match_1(input: usize, len: u32, out: usize, room: u32): i32 {
  if (guest.open(guest.HOOK_MATCH, hook != null, input, len, out, room)) {
    const job = guest.context(KIND_JOB, SIZE_JOB);
    for (let i: u32 = 0; i < guest.count(); i++) {
      const offer = guest.item(i, KIND_OFFER_RECORD, SIZE_OFFER_RECORD);
      if (!offer) break;
      hook!.score(changetype<Job>(job), changetype<Offer>(offer)).put(guest.next(SIZE_SCORE_RECORD));
    }
  }
  return guest.close();
}

/** Score is what a hook makes of an offer. A higher score is better. */
export class Score extends ScoreRecord {
  constructor(decision: Decision) {
    super();
    this.decision = decision;
  }

  /** because gives a reason. Words for it are in the manifest. */
  because(reason: i32): Score {
    this.reason = <u16>reason;
    return this;
  }

  /** with fills in the reason's arguments. */
  with(arg0: u64, arg1: u64): Score {
    this.arg0 = arg0;
    this.arg1 = arg1;
    return this;
  }
}

/** rank puts the offer above all with a lower score. */
export function rank(score: i64): Score {
  const s = new Score(Decision.Rank);
  s.score = score;
  return s;
}

/** refuse keeps the offer from the job. */
export function refuse(reason: i32): Score { return new Score(Decision.Refuse).because(reason); }

/** abstain leaves the offer in the solver's own order. */
export function abstain(): Score { return new Score(Decision.Abstain); }
