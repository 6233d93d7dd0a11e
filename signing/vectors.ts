/** Known answers for the key `default_secret`; every implementation must agree with them. */
export const vectors = {
  key: 'default_secret',
  cases: [
    {
      method: 'POST',
      path: '/api/auth/login',
      body: '{"email":"a@a.com","password":"abc"}',
      timestamp: '1750912634177',
      signature: '8944886eacdb1b019ae91ae3e8f3dff9903e0fed5a4f9b1feffdd97003c444d6',
    },
    {
      method: 'POST',
      path: '/api/auth/logout',
      body: '{}',
      timestamp: '1750912634177',
      signature: 'f22ada357029ca2d3d2d47d477ca0095bc10f52c930f82261fe3cdcca1552793',
    },
  ],
} as const;
