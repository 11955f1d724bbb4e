import { access } from './faults/access.ts';
import { customizing } from './faults/customizing.ts';
import { duplicates } from './faults/duplicates.ts';
import { files } from './faults/files.ts';
import { limits } from './faults/limits.ts';
import { requests } from './faults/requests.ts';
import { rows } from './faults/rows.ts';

/** What Dataverse says when it refuses. Codes and wording are the platform's; every code stands in docs/errors.md. */
export const faults = {
  ...access,
  ...customizing,
  ...duplicates,
  ...files,
  ...limits,
  ...requests,
  ...rows,
} as const;
