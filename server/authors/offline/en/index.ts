export { CHINESE as ENGLISH } from '../zh';
