// What the hook modules share: the arena that messages lie in, views of their
// records, the exports every plugin has, and the settings. It is no author's
// business: an author imports one hook.
export * from "./call";
export * from "./common_gen";
export * from "./fault";
export * from "./item";
export * from "./settings";
