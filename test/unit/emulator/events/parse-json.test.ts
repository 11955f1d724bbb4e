import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { businessEventSchema } from '../../../../emulator/events/business-event-payload.ts';
import { businessEvents } from '../../../../emulator/finance-operations/business-events/catalogue.ts';
import { runFlow } from '../../../../emulator/flow-runtime/index.ts';

// finance-operations reference, section 8, 25 (and 3.2): Microsoft's "Business events and Microsoft Power Automate", step 12: the
// downloaded sample has whole numbers, of which "Use sample payload to generate schema" makes the type integer.

/** What the designer makes of a sample: it cannot tell a real number that is whole from an integer. */
function schemaOf(sample: unknown): object {
  if (Array.isArray(sample)) return { type: 'array' };
  if (sample === null) return {};
  if (typeof sample === 'object')
    return {
      type: 'object',
      properties: Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, schemaOf(value)])),
    };
  if (typeof sample === 'number') return { type: Number.isInteger(sample) ? 'integer' : 'number' };
  return { type: typeof sample };
}

const event = businessEvents.get('SalesInvoicePostedBusinessEvent')!;
const sample = businessEventSchema(event);
const payload = { ...sample, InvoiceAmountInAccountingCurrency: 1250.5, ParentContextRecordSubjects: [] };

const parse = (schema: object) =>
  runFlow(
    JSON.stringify({
      definition: {
        triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
        actions: { Parse: { type: 'ParseJson', inputs: { content: '@triggerBody()', schema }, runAfter: {} } },
      },
    }),
    { trigger: payload },
  );

test('the downloaded sample has whole numbers for amounts, so that the generated schema says integer', () => {
  expect(sample['InvoiceAmountInAccountingCurrency']).toBe(0);
  expect(schemaOf(sample)).toMatchObject({
    properties: { InvoiceAmountInAccountingCurrency: { type: 'integer' }, InvoiceTaxAmount: { type: 'integer' } },
  });
});

test('Parse JSON with that schema fails on an amount with a fraction; with number it does not', async () => {
  const generated = schemaOf(sample) as { properties: Record<string, object> };
  const failed = await parse(generated);
  expect(failed.status).toBe('Failed');
  expect(JSON.stringify(failed)).toMatch(/ValidationFailed|integer/i);
  const amounts = ['InvoiceAmountInAccountingCurrency', 'InvoiceTaxAmount'];
  const reviewed = Object.fromEntries(amounts.map((name) => [name, { type: 'number' }]));
  const passed = await parse({ ...generated, properties: { ...generated.properties, ...reviewed } });
  expect(passed.status).toBe('Succeeded');
});

test('the flows of the solution take no amount by a schema that says integer', () => {
  const flows = join(__dirname, '../../../../flows');
  const definitions = readdirSync(flows, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
  expect(definitions.length).toBeGreaterThan(5);
  const wrong = definitions.filter((name) =>
    /"\w*(amount|limit)\w*":\s*\{\s*"type":\s*"integer"/i.test(readFileSync(join(flows, name), 'utf8')),
  );
  expect(wrong).toEqual([]);
});

// Section 8, 26: business events are for notification, not for exporting data ("Business events overview"); developer documentation:
// no RecIds in payloads.
test('payloads are light: a contract is a handful of members that name what happened, never a row', () => {
  for (const { id, contract } of businessEvents.values()) {
    expect({ id, recIds: Object.keys(contract).filter((name) => /recid/i.test(name)) }).toEqual({ id, recIds: [] });
    expect({ id, isLight: Object.keys(contract).length <= 15 }).toEqual({ id, isLight: true });
  }
});
