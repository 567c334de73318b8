// The services that a line has. One line for each.
import type { OpenService } from './service';

export const services = {} as const satisfies Record<string, OpenService>;
