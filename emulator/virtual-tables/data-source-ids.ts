/** Row of the provider. Decided: its id. */
export const dataProviderId = 'd6fc21ed-4e56-59ae-8f14-dd50cfaddc84';
/** Row of the data source; the same in every environment that is linked. */
export const dataSourceId = '47c40dcb-35d6-e911-a95e-000d3a110bbd';
