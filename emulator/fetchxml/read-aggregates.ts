import {
  aggregateFunctions,
  dateGroupings,
  type AggregateFunction,
  type Aggregation,
  type ColumnPath,
  type ColumnShape,
  type DateGrouping,
  type Figure,
  type GroupKey,
} from '../query/index.ts';
import { FetchXmlError } from './fetchxml-error.ts';

type Attributes = Readonly<Record<string, string>>;

/** Aggregated types; the rest can be counted, and compared where they have an order. */
const numbers = new Set(['integer', 'bigint', 'decimal', 'money', 'double']);

/** Collects the attributes of an aggregate query: each is grouped by, or a figure. */
export class AggregateReader {
  private readonly groups: GroupKey[] = [];
  private readonly figures: Figure[] = [];
  private readonly orders: { as: string; descending: boolean }[] = [];

  constructor(private readonly timeZone: string) {}

  add(attributes: Attributes, path: ColumnPath, shape: ColumnShape): void {
    const { alias: as = '', groupby, aggregate, dategrouping, rowaggregate } = attributes;
    if (rowaggregate !== undefined)
      throw wrong(`The rowaggregate '${rowaggregate}' cannot be used in an aggregate query.`);
    if (as === '')
      throw new FetchXmlError('0x8004110b', `The attribute '${path.column}' of an aggregate query needs an alias.`);
    if ([...this.groups, ...this.figures].some((one) => one.as === as))
      throw new FetchXmlError('0x80041130', `The alias '${as}' is used twice in the aggregate query.`);
    if (groupby === 'true')
      this.groups.push({ as, path, ...grouping(dategrouping, shape), timeZone: this.zoneFor(attributes, shape) });
    else if (aggregate !== undefined)
      this.figures.push({ as, path, function: figure(aggregate, shape), distinct: attributes['distinct'] === 'true' });
    else throw wrong(`The attribute '${path.column}' of an aggregate query is neither grouped by nor aggregated.`);
  }

  /** Days are those of the user, unless asked for otherwise or the column has no zone. */
  private zoneFor({ usertimezone }: Attributes, { type, isZoneIndependent }: ColumnShape): string {
    return usertimezone === 'false' || type === 'date' || isZoneIndependent === true ? 'UTC' : this.timeZone;
  }

  /** Orders of an aggregate query name an alias. */
  order({ alias, attribute, descending }: Attributes): void {
    if (alias === undefined)
      throw wrong(
        `An attribute can not be specified for an order clause for an aggregate Query. Use an alias. (${attribute ?? ''})`,
      );
    this.orders.push({ as: alias, descending: descending === 'true' });
  }

  read(): Aggregation {
    const { groups, figures, orders } = this;
    if (groups.length + figures.length === 0) throw wrong('The aggregate query asks for no attribute.');
    const names = new Set([...groups, ...figures].map(({ as }) => as));
    const unknown = orders.find(({ as }) => !names.has(as));
    if (unknown !== undefined) throw wrong(`The aggregate query has no attribute with the alias '${unknown.as}'.`);
    return { groups, figures, order: orders };
  }
}

function grouping(text: string | undefined, shape: ColumnShape): { dateGrouping?: DateGrouping } {
  const isDate = shape.type === 'datetime' || shape.type === 'date';
  if (text === undefined) {
    if (isDate) throw wrong(`Grouping by the date column '${shape.name}' needs a dategrouping.`);
    return {};
  }
  const dateGrouping = dateGroupings.find((one) => one === text);
  if (dateGrouping === undefined || !isDate)
    throw wrong(`The dategrouping '${text}' cannot be used for the column '${shape.name}'.`);
  return { dateGrouping };
}

function figure(text: string, shape: ColumnShape): AggregateFunction {
  const name = aggregateFunctions.find((one) => one === text);
  if (name === undefined) throw wrong(`There is no aggregate '${text}'.`);
  if ((name === 'sum' || name === 'avg') && !numbers.has(shape.type))
    throw new FetchXmlError('0x8004112f', `Aggregate ${name} is not supported for attribute of type ${shape.type}.`);
  return name;
}

const wrong = (message: string) => new FetchXmlError('0x80040203', message);
