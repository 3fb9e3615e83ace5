import { test } from './support/door';
import { EXPECTED, gettingIn } from './support/getting-in';

test.use({ house: 'with JavaScript', locale: 'en-GB', expected: EXPECTED });
test.describe.configure({ mode: 'serial', timeout: 120_000 });

gettingIn('en');
