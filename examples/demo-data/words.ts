/** Word lists the generator builds names and addresses from; every company and e-mail domain is fictional. */

export const nameStems = [
  'Alder', 'Amber', 'Anchor', 'Arbor', 'Beacon', 'Birch', 'Blue Heron', 'Bramble', 'Bright Oak', 'Cedar', 'Cobalt',
  'Compass', 'Copper', 'Coral', 'Crescent', 'Dune', 'Eagle', 'Ember', 'Evergreen', 'Falcon', 'Fern', 'Foxglove',
  'Granite', 'Harbor', 'Hazel', 'Heather', 'Indigo', 'Iron Gate', 'Juniper', 'Keystone', 'Lakeside', 'Lantern',
  'Larkspur', 'Maple', 'Meridian', 'Mistral', 'Moonstone', 'North Star', 'Ocean', 'Orchard', 'Osprey', 'Pioneer',
  'Quarry', 'Raven', 'Redwood', 'Ridge', 'Sable', 'Sierra', 'Silver', 'Spruce', 'Summit', 'Thistle', 'Tidewater',
  'Timber', 'Umber', 'Valley', 'Violet', 'Walnut', 'Willow', 'Zephyr',
] as const; // prettier-ignore

export const trades = {
  usmf: [
    'Audio',
    'Books',
    'Cinemas',
    'Electronics',
    'Foods',
    'Furniture',
    'Hotels',
    'Instruments',
    'Lighting',
    'Logistics',
    'Media',
    'Outfitters',
    'Pharmacy',
    'Sports',
    'Studios',
    'Tools',
    'Toys',
    'Wholesale',
  ],
  demf: [
    'Elektronik',
    'Feinkost',
    'Fototechnik',
    'Haustechnik',
    'Instrumente',
    'Kino',
    'Lichttechnik',
    'Logistik',
    'Medien',
    'Möbel',
    'Musikhaus',
    'Großhandel',
    'Optik',
    'Sporthaus',
    'Studio',
    'Tontechnik',
    'Veranstaltungen',
    'Werkzeuge',
  ],
} as const;

export const legalForms = {
  usmf: ['Inc.', 'LLC', 'Corp.', 'Co.'],
  demf: ['GmbH', 'AG', 'GmbH & Co. KG', 'KG'],
} as const;

export const streets = {
  usmf: [
    'Main St',
    'Oak Ave',
    'Market St',
    'Maple Dr',
    'Washington Blvd',
    'Lake Rd',
    'Park Ave',
    'Industrial Way',
    'Harbor Dr',
    'Elm St',
    'Sunset Blvd',
    'Mill Rd',
  ],
  demf: [
    'Hauptstraße',
    'Bahnhofstraße',
    'Gartenweg',
    'Industriestraße',
    'Schillerstraße',
    'Goethestraße',
    'Am Markt',
    'Lindenallee',
    'Ringstraße',
    'Hafenstraße',
    'Mühlenweg',
    'Bergstraße',
  ],
} as const;

export interface Place {
  readonly city: string;
  /** Two-letter state; none in Germany. */
  readonly state?: string;
  readonly county?: string;
  /** First three digits of the postal code. */
  readonly zip: string;
}

export const places: { readonly usmf: readonly Place[]; readonly demf: readonly Place[] } = {
  usmf: [
    { city: 'Seattle', state: 'WA', county: 'King', zip: '981' },
    { city: 'Portland', state: 'OR', county: 'Multnomah', zip: '972' },
    { city: 'San Diego', state: 'CA', county: 'San Diego', zip: '921' },
    { city: 'Phoenix', state: 'AZ', county: 'Maricopa', zip: '850' },
    { city: 'Denver', state: 'CO', county: 'Denver', zip: '802' },
    { city: 'Austin', state: 'TX', county: 'Travis', zip: '787' },
    { city: 'Minneapolis', state: 'MN', county: 'Hennepin', zip: '554' },
    { city: 'Chicago', state: 'IL', county: 'Cook', zip: '606' },
    { city: 'Columbus', state: 'OH', county: 'Franklin', zip: '432' },
    { city: 'Atlanta', state: 'GA', county: 'Fulton', zip: '303' },
    { city: 'Charlotte', state: 'NC', county: 'Mecklenburg', zip: '282' },
    { city: 'Boston', state: 'MA', county: 'Suffolk', zip: '021' },
  ],
  demf: [
    { city: 'Hamburg', zip: '203' },
    { city: 'Berlin', zip: '101' },
    { city: 'München', zip: '803' },
    { city: 'Köln', zip: '506' },
    { city: 'Frankfurt am Main', zip: '603' },
    { city: 'Stuttgart', zip: '701' },
    { city: 'Leipzig', zip: '041' },
    { city: 'Dresden', zip: '010' },
    { city: 'Hannover', zip: '301' },
    { city: 'Nürnberg', zip: '904' },
  ],
};
