import { legalForms, nameStems, places, streets, trades } from './words.ts';

/** A row of a public data entity as it is posted to `/data/<set>`. */
export type EntityBody = Readonly<Record<string, string | number>>;

export interface GeneratedCustomers {
  /** Bodies for `CDSParties`, to be posted first. */
  readonly parties: readonly EntityBody[];
  /** Bodies for `CustomersV3`, each naming its party. */
  readonly customers: readonly EntityBody[];
}

type Company = 'usmf' | 'demf';
type Random = () => number;

/**
 * Makes plausible customers: about seven in ten in `usmf`, the others in `demf`, with different delivery and invoice addresses.
 *
 * @param count how many; a whole number from 0 to 1,000,000
 * @param seedNumber the same number gives the same customers, and a longer list begins with the shorter one
 * @throws RangeError when the count is outside its range
 */
export function generateCustomers(count: number, seedNumber: number): GeneratedCustomers {
  if (!Number.isInteger(count) || count < 0 || count > 1_000_000) {
    throw new RangeError(`The number of customers must be a whole number from 0 to 1000000, not ${count}.`);
  }
  const random = randomNumbers(seedNumber);
  const made = Array.from({ length: count }, (_, index) => generateCustomer(index + 1, random));
  return { parties: made.map((one) => one.party), customers: made.map((one) => one.customer) };
}

function generateCustomer(number: number, random: Random): { party: EntityBody; customer: EntityBody } {
  const company: Company = random() < 0.7 ? 'usmf' : 'demf';
  const stem = pick(nameStems, random);
  const name = `${stem} ${pick(trades[company], random)} ${pick(legalForms[company], random)}`;
  const party = {
    PartyNumber: String(100_000 + number).padStart(9, '0'),
    PartyType: 'Organization',
    OrganizationName: name,
    NameAlias: `${stem.replace(/\W/g, '').slice(0, 12)}${number}`,
    LanguageId: company === 'usmf' ? 'en-us' : 'de',
    OrganizationNumOfEmployees: 1 + Math.floor(random() ** 3 * 2000),
  };
  const customer = {
    dataAreaId: company,
    CustomerAccount: `${company === 'usmf' ? 'US' : 'DE'}-${String(100_000 + number)}`,
    PartyNumber: party.PartyNumber,
    PartyType: 'Organization',
    OrganizationName: name,
    NameAlias: party.NameAlias,
    OrganizationNumberOfEmployees: party.OrganizationNumOfEmployees,
    CustomerGroupId: pick(['10', '20', '30'], random),
    SalesCurrencyCode: company === 'usmf' ? 'USD' : 'EUR',
    CreditLimit: Math.round(random() ** 2 * 200) * 500,
    LanguageId: party.LanguageId,
    InvoiceAddress: 'InvoiceAccount',
    PrimaryContactEmail: `office@customer${number}.example`,
    PrimaryContactPhone: company === 'usmf' ? `+1 202 555 ${digits(random, 4)}` : `+49 30 555 ${digits(random, 4)}`,
    ...address('DeliveryAddress', company === 'usmf' ? 'Warehouse' : 'Lager', company, random),
    ...address('InvoiceAddress', company === 'usmf' ? 'Office' : 'Verwaltung', company, random),
  };
  return { party, customer };
}

function address(prefix: string, description: string, company: Company, random: Random): EntityBody {
  const place = pick(places[company], random);
  const house = 1 + Math.floor(random() * (company === 'usmf' ? 9800 : 180));
  const street = pick(streets[company], random);
  return {
    [`${prefix}Description`]: description,
    [`${prefix}Street`]: company === 'usmf' ? `${house} ${street}` : `${street} ${house}`,
    [`${prefix}City`]: place.city,
    ...(place.state === undefined ? {} : { [`${prefix}State`]: place.state }),
    [`${prefix}ZipCode`]: place.zip + digits(random, 2),
    ...(place.county === undefined ? {} : { [`${prefix}County`]: place.county }),
    [`${prefix}CountryRegionId`]: company === 'usmf' ? 'USA' : 'DEU',
  };
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

function digits(random: Random, length: number): string {
  return String(Math.floor(random() * 10 ** length)).padStart(length, '0');
}

/** Mulberry32: small, fast and the same on every machine; numbers from 0 up to, not including, 1. */
export function randomNumbers(seedNumber: number): Random {
  let state = seedNumber >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
