export { handleSearchRequest, isSearchRequest } from './search-endpoint.ts';
export { searchOperations, searchSignatures } from './search-operations.ts';
