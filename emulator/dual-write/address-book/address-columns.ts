/** Columns of an address: in `customeraddress` → in `msdyn_postaladdress`. */
export const addressColumns: Readonly<Record<string, string>> = {
  line1: 'msdyn_street',
  city: 'msdyn_city',
  stateorprovince: 'msdyn_state',
  postalcode: 'msdyn_zipcode',
  county: 'msdyn_county',
  country: 'msdyn_countryregionid',
  msdyn_streetnumber: 'msdyn_streetnumber',
  msdyn_district: 'msdyn_district',
};
