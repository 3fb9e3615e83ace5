import type { InterfaceLanguage } from './words';

/** What a mail says: plain text, one subject line. */
export type MailText = { subject: string; text: string };
type Link = { site: string; link: string };

const en = {
  invitation: ({ site, link, from }: Link & { from: string }): MailText => ({
    subject: `You are invited to ${site}`,
    text: `${from || 'The owner'} invites you to ${site}.

Make your account here (the link serves once, for seven days):
${link}

If you do not know what this is, you need do nothing.`,
  }),
  confirm: ({ site, link }: Link): MailText => ({
    subject: `Confirm your address for ${site}`,
    text: `Somebody, most likely you, asked for an account at ${site} with this address.

Confirm it and choose a password here (the link serves once, for one day):
${link}

If it was not you, you need do nothing: without this link there is no account.`,
  }),
  known: ({ site, link }: Link): MailText => ({
    subject: `You already have an account at ${site}`,
    text: `Somebody, most likely you, asked for an account at ${site} with this address. There is one already.

Sign in here:
${link}

If you forgot the password, that page leads to a new one. If it was not you, you need do nothing.`,
  }),
  reset: ({ site, link }: Link): MailText => ({
    subject: `A new password for ${site}`,
    text: `Somebody, most likely you, asked for a new password at ${site}.

Choose it here (the link serves once, for one hour):
${link}

If it was not you, you need do nothing: your password stays as it is.`,
  }),
  address: ({ site, link }: Link): MailText => ({
    subject: `Confirm your new address for ${site}`,
    text: `You asked for this address to be the one of your account at ${site}.

Confirm it here (the link serves once, for one hour):
${link}

If it was not you, you need do nothing.`,
  }),
  passwordChanged: ({ site, link }: Link): MailText => ({
    subject: `Your password for ${site} was changed`,
    text: `The password of your account at ${site} has just been changed, and every session has ended.

If it was you, all is well. If not, choose another here:
${link}`,
  }),
  addressChanged: ({ site, link }: Link): MailText => ({
    subject: `Your address for ${site} was changed`,
    text: `Your account at ${site} has just got another e-mail address: this one serves no longer.

If it was you, all is well. If not, tell whoever runs the site:
${link}`,
  }),
};

const es: typeof en = {
  invitation: ({ site, link, from }) => ({
    subject: `Tienes una invitación a ${site}`,
    text: `${from || 'Quien lleva el sitio'} te invita a ${site}.

Crea aquí tu cuenta (el enlace sirve una vez, durante siete días):
${link}

Si no sabes qué es esto, no hace falta que hagas nada.`,
  }),
  confirm: ({ site, link }) => ({
    subject: `Confirma tu dirección en ${site}`,
    text: `Alguien, seguramente tú, ha pedido una cuenta en ${site} con esta dirección.

Confírmala y elige una contraseña aquí (el enlace sirve una vez, durante un día):
${link}

Si no has sido tú, no hace falta que hagas nada: sin este enlace no hay cuenta.`,
  }),
  known: ({ site, link }) => ({
    subject: `Ya tienes una cuenta en ${site}`,
    text: `Alguien, seguramente tú, ha pedido una cuenta en ${site} con esta dirección. Ya existe una.

Entra aquí:
${link}

Si has olvidado la contraseña, esa página te lleva a una nueva. Si no has sido tú, no hace falta que hagas nada.`,
  }),
  reset: ({ site, link }) => ({
    subject: `Una contraseña nueva para ${site}`,
    text: `Alguien, seguramente tú, ha pedido una contraseña nueva en ${site}.

Elígela aquí (el enlace sirve una vez, durante una hora):
${link}

Si no has sido tú, no hace falta que hagas nada: tu contraseña sigue como estaba.`,
  }),
  address: ({ site, link }) => ({
    subject: `Confirma tu nueva dirección en ${site}`,
    text: `Has pedido que esta dirección sea la de tu cuenta en ${site}.

Confírmala aquí (el enlace sirve una vez, durante una hora):
${link}

Si no has sido tú, no hace falta que hagas nada.`,
  }),
  passwordChanged: ({ site, link }) => ({
    subject: `Tu contraseña de ${site} ha cambiado`,
    text: `La contraseña de tu cuenta en ${site} acaba de cambiar, y todas las sesiones se han cerrado.

Si has sido tú, todo está bien. Si no, elige otra aquí:
${link}`,
  }),
  addressChanged: ({ site, link }) => ({
    subject: `Tu dirección de ${site} ha cambiado`,
    text: `Tu cuenta en ${site} acaba de cambiar de correo: este ya no sirve.

Si has sido tú, todo está bien. Si no, avisa a quien lleva el sitio:
${link}`,
  }),
};

/** What the site's mails say. */
export const mailWords = (language: InterfaceLanguage): typeof en => ({ en, es })[language];
