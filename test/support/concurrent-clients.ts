/** What a client sends and gets, whatever carries it. */
export type Ask = (
  method: string,
  path: string,
  options?: { readonly body?: object; readonly headers?: Readonly<Record<string, string>> },
) => Promise<{ readonly status: number; readonly body: any; readonly text: string }>; // eslint-disable-line @typescript-eslint/no-explicit-any -- clients know what they asked for

export interface ConcurrencyReport {
  /** Updates that were accepted. */
  readonly written: number;
  /** Updates that met a newer version and were tried again. */
  readonly refused: number;
  readonly read: number;
  /** What the rows hold in the end, summed: as much as was written, or updates were lost. */
  readonly held: number;
  /** Answers nobody may get, by status and text. */
  readonly unexpected: readonly string[];
}

interface Counters {
  written: number;
  refused: number;
  read: number;
  readonly unexpected: string[];
}

/**
 * Clients raise numbers in the same few rows, each reading the version and writing on condition of it, while others read
 * pages; all at once, until `isOver`.
 *
 * @param rows addresses of the rows, e.g. `ctr_trees(<id>)`
 * @param column a whole number of these rows
 */
export async function runConcurrently(
  ask: Ask,
  {
    rows,
    column,
    page,
    writers,
    readers,
    isOver,
  }: {
    readonly rows: readonly string[];
    readonly column: string;
    readonly page: string;
    readonly writers: number;
    readonly readers: number;
    readonly isOver: (written: number) => boolean;
  },
): Promise<ConcurrencyReport> {
  const counters: Counters = { written: 0, refused: 0, read: 0, unexpected: [] };
  const over = () => isOver(counters.written) || counters.unexpected.length > 0;
  const write = async (first: number) => {
    for (let turn = first; !over(); turn++) await raise(ask, rows[turn % rows.length]!, column, counters);
  };
  const look = async () => {
    while (!over()) await readPage(ask, page, counters);
  };
  await Promise.all([
    ...Array.from({ length: writers }, (_one, index) => write(index)),
    ...Array.from({ length: readers }, look),
  ]);
  let held = 0;
  for (const row of rows) held += Number((await ask('GET', `${row}?$select=${column}`)).body[column]);
  return { ...counters, held };
}

async function raise(ask: Ask, row: string, column: string, counters: Counters): Promise<void> {
  const before = await ask('GET', `${row}?$select=${column}`);
  if (before.status !== 200) return void counters.unexpected.push(`GET ${before.status} ${before.text}`);
  const { status, text } = await ask('PATCH', row, {
    body: { [column]: before.body[column] + 1 },
    headers: { 'If-Match': before.body['@odata.etag'] },
  });
  if (status === 204) counters.written += 1;
  else if (status === 412) counters.refused += 1;
  else counters.unexpected.push(`PATCH ${status} ${text}`);
}

async function readPage(ask: Ask, page: string, counters: Counters): Promise<void> {
  const { status, text } = await ask('GET', page);
  if (status === 200) counters.read += 1;
  else counters.unexpected.push(`GET ${status} ${text}`);
}
