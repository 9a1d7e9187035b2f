export { addAccount, findAccount, forgetOld } from './store.ts';
export { firstName, networkOf, normalEmail } from './rules.ts';
export { sendSignInCode } from './send-sign-in-code.job.ts';
