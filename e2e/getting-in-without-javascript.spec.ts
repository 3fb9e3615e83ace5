import { test } from './support/door';
import { EXPECTED, gettingIn } from './support/getting-in';

test.use({ house: 'without JavaScript', locale: 'es-ES', expected: EXPECTED, javaScriptEnabled: false });
test.describe.configure({ mode: 'serial', timeout: 120_000 });

gettingIn('es');
