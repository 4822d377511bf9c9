/** As in package.json; a test keeps the two equal, since the bundled agent has no package.json beside it. */
export const agentVersion = '0.1.0'
