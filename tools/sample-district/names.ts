/** Names of a fictional place. None is taken from a real customer list; e-mail addresses end in example domains. */
export const givenNames =
  `Ana Luis Maria Jose Carlos Elena Rosa Miguel Sofia Diego Carmen Javier Lucia Andres Gabriela Rafael Teresa
Jorge Patricia Manuel James Mary John Linda Robert Barbara Michael Susan William Karen David Nancy Richard Lisa Joseph Betty
Thomas Sandra Charles Ashley Daniel Emily Matthew Donna Anthony Michelle Mark Carol Steven Amanda Paul Melissa Andrew Deborah
Joshua Stephanie Kenneth Rebecca Kevin Laura Brian Sharon George Cynthia Edward Kathleen Ronald Amy Timothy Angela Jason Shirley
Jeffrey Brenda Ryan Emma Jacob Anna Gary Pamela Nicholas Nicole Eric Samantha Jonathan Katherine Wei Mei Jun Hui Ming Xiu Linh
Minh Thu Hoa Duc Nguyet Jin Soo Hana Min Eun Priya Arjun Anita Ravi Neha Amir Leila Omar Yasmin Ngozi Chidi Amara Kwame Olena
Ivan Petra Marek Ingrid Lars Aroha Kahu Noa Talia Ezra Miriam`.split(/\s+/)

export const familyNames =
  `Ruiz Garcia Hernandez Lopez Martinez Gonzalez Perez Sanchez Ramirez Torres Flores Rivera Gomez Diaz Cruz
Morales Ortiz Gutierrez Chavez Ramos Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin
Jackson Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Nelson Baker Hall
Campbell Mitchell Carter Roberts Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Reed Bailey Bell
Cooper Richardson Cox Howard Ward Peterson Gray James Watson Brooks Kelly Sanders Price Bennett Wood Barnes Ross Henderson
Coleman Jenkins Perry Powell Long Patterson Hughes Washington Butler Simmons Foster Bryant Alexander Russell Griffin Hayes Chen
Wang Li Zhang Liu Yang Huang Nguyen Tran Le Pham Hoang Kim Park Lee Choi Patel Shah Singh Kaur Khan Okafor Mensah Kowalski
Novak Larsen Jensen O'Brien O'Neill Núñez Muñoz Peña Fitzgerald St.James De la Cruz Van Buren`
    .replace(/De la Cruz Van Buren/, 'De_la_Cruz Van_Buren')
    .split(/\s+/)
    .map(name => name.replaceAll('_', ' '))

export const streetNames =
  `Alder Aspen Birch Buckeye Cedar Cherry Chestnut Cottonwood Cypress Dogwood Elderberry Elm Fir Hawthorn
Hazel Hickory Juniper Larch Laurel Linden Locust Madrone Magnolia Manzanita Maple Mulberry Oak Olive Pepper Pine Poplar Redbud
Redwood Sequoia Spruce Sycamore Tamarack Walnut Willow Yew Quail Heron Kestrel Osprey Plover Swallow Tanager Towhee Warbler Wren
Arroyo Canyon Creek Falls Ford Granite Gulch Hollow Meadow Mesa Mill Orchard Pond Prairie Quarry Ridge River Spring Stone Summit
Terrace Valley Vista Vineyard Miner Pioneer Railroad School Church Market Bridge Depot Foundry Tannery Ferry Ranch Homestead
Harvest Almond Apricot Fig Peach Pear Plum Quince Walnut_Grove Gold_Run Sutter_Mill Old_Mill Mission Camino_del_Rio El_Monte
Las_Flores La_Paloma`
    .split(/\s+/)
    .map(name => name.replaceAll('_', ' '))

export const streetSuffixes = ['St', 'Ave', 'Dr', 'Ct', 'Ln', 'Way', 'Rd', 'Pl'] as const

export const firmWords = {
  first:
    `Cedar Summit Valley River Golden Pioneer Granite Heritage Blue Sierra Foothill Oakmont Stonegate Willow Eagle Harvest
Union Liberty Mill Orchard Ranch Creekside Lakeview Hillcrest Parkside`.split(/\s+/),
  trade: [
    'Bakery',
    'Car Wash',
    'Dental Group',
    'Laundry',
    'Market',
    'Motors',
    'Nursery',
    'Brewing Company',
    'Veterinary Clinic',
    'Hardware',
    'Grill',
    'Storage',
    'Fitness',
    'Offices',
    'Plaza',
    'Pharmacy',
    'Tire and Brake',
    'Cold Storage',
    'Inn',
  ],
  dwelling: ['Apartments', 'Villas', 'Mobile Home Park', 'Terrace Apartments', 'Gardens', 'Senior Living'],
  green: ['Homeowners Association', 'HOA', 'Business Park Landscape', 'Village Greens'],
  public: [
    'Elementary School',
    'Community Church',
    'Fire Station',
    'Library',
    'Middle School',
    'Recreation Center',
  ],
} as const
