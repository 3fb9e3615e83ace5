import type { InterfaceLanguage } from './words';

const en = {
  menu: {
    label: 'Your account',
    signIn: 'Sign in',
    signUp: 'Sign up',
    home: 'My desk',
    account: 'Account',
    studio: 'Studio',
    signOut: 'Sign out',
  },
  signIn: {
    title: 'Sign in',
    lead: 'What is for members is behind this door.',
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'The e-mail address or the password is not right.',
    wait: (seconds: number) => `Too many tries. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    busy: 'Many people are signing in right now. Try again in a few seconds.',
    forgotten: 'I forgot my password',
    noAccount: 'I have no account yet',
  },
  form: {
    working: 'Working…',
    required: 'This is needed.',
    email: 'This is not an e-mail address.',
    failed: 'Something went wrong. Nothing you wrote is lost: try again.',
    problems: 'Look at what is marked below.',
  },
};

const es: typeof en = {
  menu: {
    label: 'Tu cuenta',
    signIn: 'Entrar',
    signUp: 'Crear cuenta',
    home: 'Mi mesa',
    account: 'Cuenta',
    studio: 'Estudio',
    signOut: 'Salir',
  },
  signIn: {
    title: 'Entrar',
    lead: 'Lo que es para miembros está detrás de esta puerta.',
    email: 'Correo electrónico',
    password: 'Contraseña',
    submit: 'Entrar',
    wrong: 'El correo o la contraseña no son correctos.',
    wait: (seconds) =>
      `Demasiados intentos. Vuelve a probar dentro de ${seconds} ${seconds === 1 ? 'segundo' : 'segundos'}.`,
    busy: 'Hay mucha gente entrando ahora mismo. Vuelve a probar en unos segundos.',
    forgotten: 'He olvidado mi contraseña',
    noAccount: 'Aún no tengo cuenta',
  },
  form: {
    working: 'Un momento…',
    required: 'Hace falta.',
    email: 'Esto no es una dirección de correo.',
    failed: 'Algo ha ido mal. No se ha perdido nada de lo que escribiste: vuelve a probar.',
    problems: 'Mira lo que está marcado abajo.',
  },
};

/** The words about accounts and forms. */
export const accountWords = (language: InterfaceLanguage): typeof en => ({ en, es })[language];
