/** Expressions that python3-yaql makes something else of, and why that is kept. */
export const differences: Readonly<Record<string, string>> = {
  '[,1]':
    'An item that is left out is no value: the original puts an object into the list that no template can hold.',
  "'{0.__class__}'.format(1)": 'Attributes of Python objects are not to be had.',
  "datetime('garbage')": 'The words say besides what would be read.',
  'datetime(2020, 2, 29, offset => timespan(hours => 25))':
    'The original fails on such an offset too, only later.',
  'isDatetime(now())': 'An expression must give the same whenever it is evaluated.',
}
