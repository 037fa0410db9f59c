// A whole plugin: it ranks offers by price.
import * as match from "../match";
export { lilypad_arena, lilypad_configure, lilypad_match_1 } from "../match";

class Hello extends match.Hook {
  score(job: match.Job, offer: match.Offer): match.Score {
    return match.rank(<i64>job.maxPrice - <i64>offer.price);
  }
}

match.register(() => new Hello());
