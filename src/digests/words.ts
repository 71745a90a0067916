export const RETRY_WORDS = {
  codes: {
    MESSAGE_NOT_WAITING: 'Dit bericht is al verstuurd, of wordt nu verstuurd.',
    DIGEST_WEEK_OVER: 'Deze week is voorbij: dit bericht gaat niet meer uit.',
  },
};
