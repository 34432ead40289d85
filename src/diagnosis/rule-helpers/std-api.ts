// Made once from the api/ folder of Go 1.26 (api/go1.16.txt to go1.26.txt): what packages in everyday use gained.
// Written `package: Name Name`, by the package's own name as code says it.
const additions: readonly (readonly [version: string, packages: string])[] = [
  [
    '1.16',
    `
    embed: FS
    filepath: WalkDir
    flag: Func
    fs: DirEntry ErrClosed ErrExist ErrInvalid ErrNotExist ErrPermission FS File FileInfo FileMode Glob GlobFS
    fs: ModeAppend ModeCharDevice ModeDevice ModeDir ModeExclusive ModeIrregular ModeNamedPipe ModePerm
    fs: ModeSetgid ModeSetuid ModeSocket ModeSticky ModeSymlink ModeTemporary ModeType PathError ReadDir
    fs: ReadDirFS ReadDirFile ReadFile ReadFileFS SkipDir Stat StatFS Sub SubFS ValidPath WalkDir WalkDirFunc
    http: FS
    io: Discard NopCloser ReadAll ReadSeekCloser
    log: Default
    net: ErrClosed
    os: CreateTemp DirEntry DirFS ErrProcessDone MkdirTemp ReadDir ReadFile WriteFile
    signal: NotifyContext
    template: ParseFS ParseFS
  `,
  ],
  [
    '1.17',
    `
    fs: FileInfoToDirEntry
    http: AllowQuerySemicolons
    math: MaxInt MaxUint MinInt
    reflect: VisibleFields
    sql: NullByte NullInt16
    strconv: QuotedPrefix
    time: Layout UnixMicro UnixMilli
  `,
  ],
  [
    '1.18',
    `
    bytes: Cut
    http: MaxBytesHandler
    net: TCPAddrFromAddrPort UDPAddrFromAddrPort
    netip: Addr AddrFrom16 AddrFrom4 AddrFromSlice AddrPort AddrPortFrom IPv4Unspecified IPv6LinkLocalAllNodes
    netip: IPv6Unspecified MustParseAddr MustParseAddrPort MustParsePrefix ParseAddr ParseAddrPort ParsePrefix
    netip: Prefix PrefixFrom
    reflect: Pointer PointerTo
    strings: Clone Cut
    testing: F InternalFuzzTarget
    utf8: AppendRune
  `,
  ],
  [
    '1.19',
    `
    atomic: Bool Int32 Int64 Pointer Uint32 Uint64 Uintptr
    binary: AppendByteOrder AppendUvarint AppendVarint
    exec: ErrDot
    flag: TextVar
    fmt: Append Appendf Appendln
    http: MaxBytesError
    sort: Find
    syntax: ErrNestingDepth
    url: JoinPath
  `,
  ],
  [
    '1.20',
    `
    bytes: Clone CutPrefix CutSuffix
    context: CancelCauseFunc Cause WithCancelCause
    ecdh: Curve P256 P384 P521 PrivateKey PublicKey X25519
    errors: Join
    exec: ErrWaitDelay
    filepath: IsLocal SkipAll
    fmt: FormatString
    fs: SkipAll
    http: NewResponseController ResponseController
    httputil: ProxyRequest
    io: NewOffsetWriter OffsetWriter
    net: FlagRunning
    netip: IPv6LinkLocalAllRouters IPv6Loopback
    strings: CutPrefix CutSuffix
    subtle: XORBytes
    syntax: ErrLarge
    time: DateOnly DateTime TimeOnly
    utf16: AppendRune
  `,
  ],
  [
    '1.21',
    `
    binary: NativeEndian
    bytes: ContainsFunc
    cmp: Compare Less Ordered
    context: AfterFunc WithDeadlineCause WithTimeoutCause WithoutCancel
    errors: ErrUnsupported
    flag: BoolFunc
    fs: FormatDirEntry FormatFileInfo
    http: ErrSchemeMismatch
    maps: Clone Copy DeleteFunc Equal EqualFunc
    runtime: PanicNilError Pinner
    slices: BinarySearch BinarySearchFunc Clip Clone Compact CompactFunc Compare CompareFunc Contains
    slices: ContainsFunc Delete DeleteFunc Equal EqualFunc Grow Index IndexFunc Insert IsSorted IsSortedFunc Max
    slices: MaxFunc Min MinFunc Replace Reverse Sort SortFunc SortStableFunc
    slog: Any AnyValue Attr Bool BoolValue Debug DebugContext Default Duration DurationValue Error ErrorContext
    slog: Float64 Float64Value Group GroupValue Handler HandlerOptions Info InfoContext Int Int64 Int64Value
    slog: IntValue JSONHandler Kind KindAny KindBool KindDuration KindFloat64 KindGroup KindInt64 KindLogValuer
    slog: KindString KindTime KindUint64 Level LevelDebug LevelError LevelInfo LevelKey LevelVar LevelWarn
    slog: Leveler Log LogAttrs LogValuer Logger MessageKey New NewJSONHandler NewLogLogger NewRecord
    slog: NewTextHandler Record SetDefault Source SourceKey String StringValue TextHandler Time TimeKey TimeValue
    slog: Uint64 Uint64Value Value Warn WarnContext With
    strings: ContainsFunc
    sync: OnceFunc OnceValue OnceValues
    template: ErrJSTemplate
    testing: Testing
  `,
  ],
  [
    '1.22',
    `
    cmp: Or
    hex: AppendDecode AppendEncode
    http: FileServerFS NewFileTransportFS ServeFileFS
    rand: ChaCha8 ExpFloat64 Float32 Float64 Int Int32 Int32N Int64 Int64N IntN N New NewChaCha8 NewPCG NewZipf
    rand: NormFloat64 PCG Perm Rand Shuffle Source Uint32 Uint32N Uint64 Uint64N UintN Zipf
    reflect: TypeFor
    slices: Concat
    slog: SetLogLoggerLevel
    sql: Null
  `,
  ],
  [
    '1.23',
    `
    atomic: AndInt32 AndInt64 AndUint32 AndUint64 AndUintptr OrInt32 OrInt64 OrUint32 OrUint64 OrUintptr
    binary: Append Decode Encode
    filepath: Localize
    http: ParseCookie ParseSetCookie
    httptest: NewRequestWithContext
    iter: Pull Pull2 Seq Seq2
    maps: All Collect Insert Keys Values
    net: KeepAliveConfig
    os: CopyFS
    rand: Uint
    reflect: SliceAt
    slices: All AppendSeq Backward Chunk Collect Repeat Sorted SortedFunc SortedStableFunc Values
    structs: HostLayout
    unique: Handle Make
    utf16: RuneLen
  `,
  ],
  [
    '1.24',
    `
    bytes: FieldsFuncSeq FieldsSeq Lines SplitAfterSeq SplitSeq
    encoding: BinaryAppender TextAppender
    http: HTTP2Config Protocols
    os: OpenInRoot OpenRoot Root
    rand: Text
    runtime: AddCleanup Cleanup
    sha3: New224 New256 New384 New512 NewCSHAKE128 NewCSHAKE256 NewSHAKE128 NewSHAKE256 SHA3 SHAKE Sum224 Sum256
    sha3: Sum384 Sum512 SumSHAKE128 SumSHAKE256
    slog: DiscardHandler
    strings: FieldsFuncSeq FieldsSeq Lines SplitAfterSeq SplitSeq
    subtle: WithDataIndependentTiming
    weak: Make Pointer
  `,
  ],
  [
    '1.25',
    `
    crypto: MessageSigner SignMessage
    fs: Lstat ReadLink ReadLinkFS
    http: CrossOriginProtection NewCrossOriginProtection
    reflect: TypeAssert
    runtime: SetDefaultGOMAXPROCS
    slog: GroupAttrs
  `,
  ],
  [
    '1.26',
    `
    crypto: Decapsulator Encapsulator
    ecdh: KeyExchanger
    errors: AsType
    http: ClientConn
    os: ErrNoHandle
    slog: MultiHandler NewMultiHandler
  `,
  ],
]

const table: ReadonlyMap<string, string> = new Map(
  additions.flatMap(([version, packages]) =>
    packages
      .trim()
      .split('\n')
      .flatMap((entry) => {
        const [name = '', ...symbols] = entry.trim().split(/:? /)
        return symbols.map((symbol): [string, string] => [`${name}.${symbol}`, version])
      }),
  ),
)

/** The Go version that a name such as `strings.Cut` came with, 1.16 to 1.26; undefined for older ones and unknown ones. */
export function addedIn(name: string): string | undefined {
  return table.get(name)
}
