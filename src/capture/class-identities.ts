// The classes of the program that have travelled, by their ids.
import { Identities } from './identities';

export const classIdentities = new Identities<object>();
