import type { Session } from './session.ts';

/** Rows every case may read and none changes. `code` names a tree in the cases. */
export const trees = [
  { code: 'a', name: 'Apple', height: 5, girth: 1.5, weight: 10.25, price: 100, ripe: 0, flavours: '1,9', sound: true },
  {
    code: 'b',
    name: 'apricot',
    height: 10,
    girth: 2.25,
    weight: 20.5,
    price: 200,
    ripe: 1,
    flavours: '1',
    sound: false,
  },
  {
    code: 'c',
    name: 'Birne',
    height: 20,
    girth: null,
    weight: null,
    price: 300.5,
    ripe: 2,
    flavours: '2',
    sound: true,
  },
  { code: 'd', name: 'Ärger', height: null, girth: 3, weight: 1, price: null, ripe: 0, flavours: null, sound: false },
  { code: 'e', name: "O'Hara", height: 30, girth: 0.125, weight: 2, price: 50, ripe: 1, flavours: null, sound: true },
  { code: 'f', name: '100% pure', height: 30, girth: 1.5, weight: 3, price: 50, ripe: 2, flavours: null, sound: true },
  { code: 'g', name: 'Fig_1', height: 40, girth: 9.999, weight: 4, price: null, ripe: 0, flavours: null, sound: true },
  { code: 'h', name: 'Quince', height: 120, girth: null, weight: 5, price: 7, ripe: 1, flavours: null, sound: true },
  { code: 'i', name: 'zebra', height: 0, girth: 4, weight: 6, price: 8, ripe: 2, flavours: null, sound: false },
  { code: 'j', name: null, height: null, girth: 4, weight: 7, price: null, ripe: 0, flavours: null, sound: true },
] as const;

const account: Readonly<Record<string, string>> = { a: 'alpha', b: 'alpha', c: 'alpha', d: 'beta', e: 'beta' };
const parent: Readonly<Record<string, string>> = { b: 'a', c: 'b', d: 'a' };
const customer: Readonly<Record<string, string>> = { a: 'account(alpha)', b: 'contact(carla)' };

/** Codes of days: hours from now, chosen so that no zone or hour of the day blurs the calendar ones. */
export const dayOffsets: Readonly<Record<string, number | undefined>> = {
  A: -24 * 1200,
  B: -24 * 800,
  C: -24 * 370,
  D: -24 * 300,
  E: -24 * 190,
  F: -24 * 100,
  G: -24 * 45,
  H: -24 * 20,
  I: -24 * 9,
  J: -24 * 5,
  K: -24,
  L: -0.5,
  M: 0.5,
  N: 24,
  O: 24 * 5,
  P: 24 * 9,
  Q: 24 * 45,
  R: 24 * 100,
  S: 24 * 300,
  T: 24 * 400,
  U: undefined,
};

/** Puts the rows into the target and their ids into the session. */
export async function seed(session: Session): Promise<void> {
  const create = (name: string, set: string, row: object) => session.create(name, set, row);
  await create('carla', 'contacts', { firstname: 'Carla', lastname: 'Contract' });
  await create('dora', 'contacts', { firstname: 'Dora', lastname: 'Contract', jobtitle: 'Gardener' });
  const primary = (contact: string) => ({ 'primarycontactid@odata.bind': `contacts({${contact}})` });
  await create('alpha', 'accounts', { name: 'Alpha contract', accountnumber: 'CT-A', ...primary('carla') });
  await create('beta', 'accounts', { name: 'Beta contract', accountnumber: 'CT-B', ...primary('dora') });
  for (const tree of trees) await create(tree.code, 'ctr_trees', rowOf(tree));
  for (const [name, members] of Object.entries({ one: 'ab', two: 'bc', none: '' })) {
    await create(`basket:${name}`, 'ctr_baskets', { ctr_name: `Basket ${name}` });
    for (const code of members)
      await session.post(`ctr_baskets({basket:${name}})/ctr_tree_basket/$ref`, {
        '@odata.id': `{base}/ctr_trees({${code}})`,
      });
  }
  const now = session.target.now().getTime();
  for (const [code, hours] of Object.entries(dayOffsets)) {
    const at = hours === undefined ? null : `${new Date(now + hours * 3_600_000).toISOString().slice(0, 19)}Z`;
    await create(`day:${code}`, 'ctr_days', {
      ctr_name: code,
      ctr_code: code,
      ctr_at: at,
      ctr_on: at?.slice(0, 10) ?? null,
    });
  }
}

function rowOf({ code, name, height, girth, weight, price, ripe, flavours, sound }: (typeof trees)[number]): object {
  const bind = (property: string, path: string | undefined) =>
    path === undefined ? {} : { [`${property}@odata.bind`]: path };
  const [, kind, who] = /^(\w+)\((\w+)\)$/.exec(customer[code] ?? '') ?? [];
  const index = code.charCodeAt(0) - 96;
  return {
    ctr_code: code,
    ctr_name: name,
    ctr_row: index <= 5 ? 1 : 2,
    ctr_plot: index,
    ctr_height: height,
    ctr_girth: girth,
    ctr_weight: weight,
    ctr_price: price,
    ctr_planted: `2024-0${(index % 9) + 1}-15`,
    ctr_seen: `2024-03-${String(index).padStart(2, '0')}T10:30:00Z`,
    ctr_bloom: `2024-04-${String(index).padStart(2, '0')}T23:30:00Z`,
    ctr_ripeness: 472190000 + ripe,
    ctr_flavours: flavours,
    ctr_issound: sound,
    ctr_note: index % 2 === 0 ? null : `Note ${code}`,
    ...bind('ctr_AccountId', account[code] && `accounts({${account[code]}})`),
    ...bind('ctr_ParentId', parent[code] && `ctr_trees({${parent[code]}})`),
    ...(kind === undefined ? {} : bind(`ctr_CustomerId_${kind}`, `${kind}s({${who}})`)),
  };
}
