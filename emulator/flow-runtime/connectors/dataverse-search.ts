import type { Value, ValueObject } from '../expressions/value.ts';
import type { ConnectorCall } from './connectors.ts';
import { objectOf, required } from './parameters.ts';

const numbers = ['top', 'skip'];

/**
 * The body of a search for the parameters of *Search rows*, `SearchRequest/search`, `SearchRequest/top` and so on: the
 * connector sends them as the legacy search takes them. Blank ones are left out, and an expression's text becomes the number
 * or yes/no the parameter is.
 *
 * @throws ExpressionError, which fails the action, without a search text
 * @see https://learn.microsoft.com/connectors/commondataserviceforapps
 * @see https://learn.microsoft.com/power-automate/dataverse/search
 */
export function searchRequest(call: ConnectorCall): ValueObject {
  const given = objectOf(call.parameters, 'SearchRequest');
  if ((given['search'] ?? '') === '') required(call, 'SearchRequest/search');
  const sent = Object.entries(given).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(sent.map(([name, value]) => [name, typed(name, value)]));
}

function typed(name: string, value: Value): Value {
  if (typeof value !== 'string') return value;
  if (numbers.includes(name) && /^\d+$/.test(value)) return Number(value);
  return name === 'returntotalrecordcount' ? value.toLowerCase() === 'true' : value;
}
