export { handleSearchRequest, isSearchRequest } from './search-endpoint.ts';
export { createSearchLimits, type AdmitSearch } from './search-limits.ts';
export { searchOperations, searchSignatures } from './search-operations.ts';
