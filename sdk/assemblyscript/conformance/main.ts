// The AssemblyScript SDK's conformance guest: it logs all that it reads and
// answers with fixed records, as hostapi/conformance/README.md says.
import * as admit from "../admit";
import * as allow from "../allow";
import * as compare from "../compare";
import * as match from "../match";
import * as mediate from "../mediate";
import { dumpCase, dumpJob, dumpModule, dumpNode, dumpOffer, dumpPair, dumpRequest } from "./dump_gen";
import { sampleAction, sampleAdmission, sampleComparison, sampleRuling, sampleScore } from "./dump_gen";

export { lilypad_arena, lilypad_configure, lilypad_match_1 } from "../match";
export { lilypad_admit_1 } from "../admit";
export { lilypad_allow_1 } from "../allow";
export { lilypad_mediate_1 } from "../mediate";
export { lilypad_compare_1 } from "../compare";

class Match extends match.Hook {
  score(job: match.Job, offer: match.Offer): match.Score {
    dumpJob("job.", job);
    dumpOffer("offer.", offer);
    return sampleScore(match.abstain());
  }
}

class Admit extends admit.Hook {
  admit(node: admit.Node, request: admit.Request): admit.Admission {
    dumpNode("node.", node);
    dumpRequest("request.", request);
    return sampleAdmission(admit.take());
  }
}

class Allow extends allow.Hook {
  rule(module: allow.Module): allow.Ruling {
    dumpModule("module.", module);
    return sampleRuling(allow.abstain());
  }
}

class Mediate extends mediate.Hook {
  decide(case_: mediate.Case): mediate.Plan {
    dumpCase("case.", case_);
    return new mediate.Plan([sampleAction(new mediate.Action(mediate.ActionKind.Wait, 0))]);
  }
}

class Compare extends compare.Hook {
  compare(pair: compare.Pair): compare.Comparison {
    dumpPair("pair.", pair);
    return sampleComparison(compare.equal());
  }
}

match.register(() => new Match());
admit.register(() => new Admit());
allow.register(() => new Allow());
mediate.register(() => new Mediate());
compare.register(() => new Compare());
