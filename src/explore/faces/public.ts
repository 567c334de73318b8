// What a face has to have: the public members of its class, with their types.

/** `Internal`: what the library alone calls. */
export type Public<Class, Internal extends keyof Class = never> = {
  [Member in Exclude<keyof Class, Internal>]: Class[Member];
};
