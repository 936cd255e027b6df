/** How long the cloud takes for what it does by itself, in milliseconds. */
export interface Times {
  readonly serverBuild: number
  readonly serverDelete: number
  readonly serverResize: number
  readonly serverRebuild: number
  /** Reboot, start, stop, pause, suspend, shelve, rescue and their opposites. */
  readonly serverAction: number
  readonly portBind: number
  readonly volumeCreate: number
  readonly volumeDelete: number
  readonly volumeAttach: number
  readonly volumeDetach: number
  /** Snapshots, backups, extending, retyping. */
  readonly volumeWork: number
  readonly imageImport: number
}

export const ordinaryTimes: Times = {
  serverBuild: 800,
  serverDelete: 300,
  serverResize: 600,
  serverRebuild: 600,
  serverAction: 300,
  portBind: 100,
  volumeCreate: 300,
  volumeDelete: 200,
  volumeAttach: 200,
  volumeDetach: 200,
  volumeWork: 300,
  imageImport: 400,
}
