// How long something stays with a host that says nothing any more.

const SHORTEST_MS = 500;
const given = Number(process.env.PARLAB_LEASE_MS);

/** A host renews what it has four times in it. */
export const LEASE_MS = given >= SHORTEST_MS ? given : 5000;
