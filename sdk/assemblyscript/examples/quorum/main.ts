// Believes what enough results agree on: the deal's own and those of replicas
// at other owners. When the creator challenges, each mediator runs the job
// once and compares.
import * as mediate from "../../mediate";
import { Outcome, Phase } from "../../mediate";
export { lilypad_arena, lilypad_configure, lilypad_mediate_1 } from "../../mediate";

// Reasons beyond those of mediate.Case.rerun, with words in the manifest.
enum Reason {
  Quorum = 10,
  NoQuorum = 11,
  NoResult = 12,
}

class Quorum extends mediate.Hook {
  private agree: i32;

  constructor(s: mediate.Settings) {
    super();
    this.agree = <i32>s.int("agree");
  }

  decide(c: mediate.Case): mediate.Plan {
    if (c.phase == Phase.Mediation) return c.rerun();
    if (!c.claim()) return c.expired() ? mediate.verdict(Outcome.Refund).because(Reason.NoResult) : c.wait();
    const votes = c.votes(), top = votes.top();
    if (top.n >= this.agree) {
      return mediate.verdict(c.outcomeFor(top)).confidence(top.ppm).because(Reason.Quorum).with(top.n, votes.total);
    }
    if (!c.expired()) {
      const comparisons = c.compareAll(votes);
      if (comparisons) return comparisons;
      if (!c.exhausted()) return c.execute(this.agree - top.n).otherOwner();
    }
    return mediate.verdict(Outcome.Refund).confidence(top.ppm).because(Reason.NoQuorum).with(top.n, votes.total);
  }
}

mediate.register((s) => new Quorum(s));
