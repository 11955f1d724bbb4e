import type { ContractCase } from '../contract-case.ts';
import { aggregating, expanding } from './expansions.ts';
import { fetchingFigures, fetchingFilters, fetchingLinks, fetchingPages, fetchingRows } from './fetching.ts';
import { comparisons, lambdas, logic } from './filters.ts';
import { dateOperators, valueOperators } from './operators.ts';
import { backgroundOperations } from './background.ts';
import { batches } from './batches.ts';
import {
  customizingChoices,
  customizingColumns,
  customizingRelationships,
  customizingSolutions,
  customizingTables,
  metadataChanges,
} from './customizing.ts';
import { definitions } from './metadata.ts';
import { duplicateDetection } from './duplicates.ts';
import { messages } from './messages.ts';
import { operations } from './operations.ts';
import { addresses } from './addresses.ts';
import { changes } from './changes.ts';
import { files, images } from './files.ts';
import { queryExpressions } from './query-expressions.ts';
import { references } from './references.ts';
import { requests } from './requests.ts';
import { conditions, creating, keys, updating, valuesOfColumns } from './rows.ts';
import { searching } from './searching.ts';
import { security } from './security.ts';
import { annotations, ordering, paging, selecting } from './query-options.ts';

/** Every case, by what it is about. */
export const groups: Readonly<Record<string, readonly ContractCase[]>> = {
  selecting,
  'ordering and limits': ordering,
  'paging and counting': paging,
  annotations,
  comparisons,
  'logic and text': logic,
  'lambdas and navigation': lambdas,
  'operators on dates': dateOperators,
  'operators on values': valueOperators,
  expanding,
  aggregating,
  'FetchXML: rows': fetchingRows,
  'FetchXML: filters': fetchingFilters,
  'FetchXML: links': fetchingLinks,
  'FetchXML: pages': fetchingPages,
  'FetchXML: figures': fetchingFigures,
  creating,
  'values of columns': valuesOfColumns,
  updating,
  'conditions and upsert': conditions,
  keys,
  references,
  'file columns': files,
  'image columns': images,
  'change tracking': changes,
  batches,
  operations,
  messages,
  'background operations': backgroundOperations,
  'query expressions': queryExpressions,
  'duplicate detection': duplicateDetection,
  definitions,
  'customizing: tables': customizingTables,
  'customizing: columns': customizingColumns,
  'customizing: relationships and keys': customizingRelationships,
  'customizing: choices': customizingChoices,
  'changes of metadata': metadataChanges,
  'customizing: solutions': customizingSolutions,
  'Dataverse search': searching,
  security,
  requests,
  addresses,
};
