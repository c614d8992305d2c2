/** What a program that a test starts gets from this one: where programs are, and what was compiled before. */
export const inherited = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] }
