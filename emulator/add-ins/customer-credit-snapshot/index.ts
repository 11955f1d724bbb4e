import { readJson, request } from '../../kernel/index.ts';
import type { MessageCall } from '../../dataverse/index.ts';
import type { Condition, Row } from '../../query/index.ts';
import type { AddIn, Configuration } from '../add-in.ts';
import type { AddInParts } from '../contract.ts';

const customers = 'mserp_custcustomerv3entity';
const credits = 'addin_customercredit';
const solution = 'CustomerCreditSnapshot';
const messages = ['OnExternalCreated', 'OnExternalUpdated', 'OnExternalDeleted'] as const;

interface Credit {
  readonly account: string;
  /** Lower case. */
  readonly company: string;
  readonly limit: number;
  readonly currency: string;
}

/** Keeps the credit limit of every customer in a table of Dataverse: copied once, then kept in step by data events. */
export function customerCreditSnapshot(parts: AddInParts): AddIn {
  const { dataverse, clock } = parts;
  const { organization } = dataverse;

  async function find({ account, company }: Pick<Credit, 'account' | 'company'>): Promise<string | undefined> {
    const filter: Condition = {
      kind: 'all',
      of: [equal('addin_customeraccount', account), equal('addin_company', company)],
    };
    const id = `${credits}id`;
    const [row] = await organization.retrieveMultiple({ table: credits, columns: [id], joins: [], order: [], filter });
    return row === undefined ? undefined : String(row[id]);
  }

  async function keep(credit: Credit): Promise<void> {
    const id = await find(credit);
    const row: Row = {
      addin_name: `${credit.company}|${credit.account}`,
      addin_customeraccount: credit.account,
      addin_company: credit.company,
      addin_creditlimit: credit.limit,
      addin_currency: credit.currency,
      addin_asof: `${clock.now().toISOString().slice(0, 19)}Z`,
    };
    if (id === undefined) await organization.create(credits, row);
    else await organization.update(credits, id, row);
  }

  async function copyAll(configuration: Configuration): Promise<void> {
    const fields = 'dataAreaId,CustomerAccount,CreditLimit,SalesCurrencyCode';
    for (let url = `/data/CustomersV3?cross-company=true&$select=${fields}`; url !== '';) {
      const page = readJson(await parts.financeOperations.handle(request('GET', url))) as CustomerPage;
      for (const row of page.value) {
        const company = row.dataAreaId.toLowerCase();
        const credit = {
          account: row.CustomerAccount,
          company,
          limit: row.CreditLimit,
          currency: row.SalesCurrencyCode,
        };
        if (isWanted(company, configuration)) await keep(credit);
      }
      url = page['@odata.nextLink']?.replace(/^https?:\/\/[^/]+/, '') ?? '';
    }
  }

  async function takeChange({ message, target: row }: MessageCall, configuration: Configuration): Promise<void> {
    const [account, company] = [String(row['mserp_customeraccount']), String(row['mserp_dataareaid']).toLowerCase()];
    if (!isWanted(company, configuration)) return;
    if (message !== 'OnExternalDeleted')
      return keep({
        account,
        company,
        limit: Number(row['mserp_creditlimit'] ?? 0),
        currency: String(row['mserp_salescurrencycode'] ?? ''),
      });
    const there = await find({ account, company });
    if (there !== undefined) await organization.delete(credits, there);
  }

  return {
    uniqueName: solution,
    name: 'Customer credit snapshot',
    version: '1.0.0.0',
    description: 'Keeps the credit limit of every customer of finance and operations in the table Customer credits.',
    settings: [
      { name: 'legalEntities', label: 'Legal entities, parted by commas; empty for all', type: 'text', default: '' },
    ],
    async setUp(configuration) {
      await parts.installSolution('customer-credit-snapshot/solution');
      await dropUnwanted(configuration);
      await copyAll(configuration);
    },
    remove: () => parts.removeSolution(solution),
    start(configuration) {
      const stops = messages.map((message) =>
        dataverse.registerStep({
          name: `FinanceAndOperationsAddIns.${solution}.${message}`,
          message,
          table: customers,
          stage: 40,
          run: (call) => takeChange(call, configuration),
        }),
      );
      return () => stops.forEach((stop) => stop());
    },
  };

  async function dropUnwanted(configuration: Configuration): Promise<void> {
    const columns = [`${credits}id`, 'addin_company'];
    for (const row of await organization.retrieveMultiple({ table: credits, columns, joins: [], order: [] }))
      if (!isWanted(String(row['addin_company']), configuration))
        await organization.delete(credits, String(row[`${credits}id`]));
  }
}

interface CustomerPage {
  readonly value: readonly {
    readonly dataAreaId: string;
    readonly CustomerAccount: string;
    readonly CreditLimit: number;
    readonly SalesCurrencyCode: string;
  }[];
  readonly '@odata.nextLink'?: string;
}

const equal = (column: string, right: string): Condition => ({
  kind: 'compare',
  left: { column },
  operator: 'eq',
  right,
});

function isWanted(company: string, { legalEntities }: Configuration): boolean {
  const wanted = String(legalEntities)
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  return wanted.length === 0 || wanted.includes(company.toLowerCase());
}
