/** Street suffixes and directions with their short forms, both ways (USPS Publication 28, appendix C1). */
const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .flatMap(pair => {
        const [long, short] = pair.split(':') as [string, string]
        return [
          [long, short],
          [short, long],
        ] as const
      }),
  )

export const streetSuffixes = pairs(`
  alley:aly avenue:ave bend:bnd boulevard:blvd branch:br bridge:brg canyon:cyn center:ctr circle:cir court:ct
  courts:cts cove:cv creek:crk crescent:cres crossing:xing drive:dr estates:ests expressway:expy falls:fls ford:frd
  forest:frst freeway:fwy garden:gdn gardens:gdns glen:gln grove:grv harbor:hbr heights:hts highway:hwy hill:hl
  hills:hls hollow:holw island:is junction:jct lake:lk lakes:lks landing:lndg lane:ln manor:mnr meadow:mdw
  meadows:mdws mill:ml mount:mt mountain:mtn orchard:orch parkway:pkwy place:pl plain:pln plaza:plz point:pt
  ranch:rnch ridge:rdg river:riv road:rd shore:shr spring:spg springs:spgs square:sq station:sta street:st
  summit:smt terrace:ter trail:trl turnpike:tpke union:un valley:vly view:vw village:vlg vista:vis`)

export const directions = pairs(
  'north:n east:e south:s west:w northeast:ne northwest:nw southeast:se southwest:sw',
)
