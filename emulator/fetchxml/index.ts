export { readFetchXml, FetchXmlError, type FetchTables, type FetchedQuery } from './read-fetchxml.ts';
