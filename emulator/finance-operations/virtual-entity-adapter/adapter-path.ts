/** Where Dataverse's provider asks for what OData does not say. */
export const adapterPath = '/api/services/CDSVirtualEntityService/CDSVirtualEntityAdapterService/';
