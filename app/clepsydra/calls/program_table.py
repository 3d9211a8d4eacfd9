"""The programs that hold microphones: those that call, and those that never do.

A row is id | name on screen | family | the forms its processes take: without `.exe`, in lower case, `*` for any tail or
any head. To teach a program, add its form to a row, or a row.
"""

from __future__ import annotations

from typing import Final

TABLE: Final = """
zoom | Zoom | call | zoom zoomlauncher zoom.us us.zoom* zoom_* zoomphone* cpthost caphost zoomwebhost
teams | Teams | call | teams ms-teams* msteams teams-for-linux teams_for_linux com.microsoft.teams*
  com.github.ismaelmartinez.teams* microsoft_teams portal-teams
webex | Webex | call | webex* ciscocollabhost atmgr ciscowebex* com.webex* cisco-systems.spark spark
facetime | FaceTime | call | facetime com.apple.facetime avconferenced com.apple.avconferenced callservicesd
jitsi | Jitsi Meet | call | jitsi* org.jitsi*
linphone | Linphone | call | linphone* com.belledonnecommunications*
baresip | baresip | call | baresip*
jami | Jami | call | jami jami-* jamid net.jami* ring.cx gnome-ring dring
twinkle | Twinkle | call | twinkle*
ekiga | Ekiga | call | ekiga*
blink | Blink | call | blink blink-qt com.agprojects.blink*
gnome-calls | Calls | call | gnome-calls org.gnome.calls* calls
plasma-dialer | Dialer | call | plasma-dialer org.kde.plasma.dialer
pjsua | PJSUA | call | pjsua* pjsip* com.teluu*
yate | Yate | call | yate-qt* yateclient
sflphone | SFLphone | call | sflphone*
phonerlite | PhonerLite | call | phonerlite* phoner
bria | Bria | call | bria* com.counterpath* x-lite eyebeam
jabber | Cisco Jabber | call | jabber ciscojabber* cisco_jabber com.cisco.jabber*
avaya | Avaya | call | avaya* com.avaya*
mitel | Mitel | call | mitel* micollab* com.mitel*
telephone | Telephone | call | telephone com.tlphn*
sipnetic | Sipnetic | call | sipnetic*
acrobits | Acrobits | call | acrobits* groundwire
ninjasip | Softphone | call | softphone*
vonage | Vonage | call | vonage* com.vonage*
8x8 | 8x8 | call | 8x8* com.8x8*
openphone | OpenPhone | call | openphone* quo com.openphone*
nextiva | Nextiva | call | nextiva*
grasshopper | Grasshopper | call | grasshopper*
freshcaller | Freshcaller | call | freshcaller* freshdesk_contact*
talkdesk | Talkdesk | call | talkdesk*
genesys | Genesys | call | genesys* purecloud*
five9 | Five9 | call | five9*
cloudtalk | CloudTalk | call | cloudtalk*
justcall | JustCall | call | justcall*
ringover | Ringover | call | ringover*
wildix | Wildix | call | wildix*
starface | STARFACE | call | starface*
placetel | Placetel | call | placetel*
sipgate | sipgate | call | sipgate* satellite
pexip | Pexip | call | pexip* infinity-connect*
lifesize | Lifesize | call | lifesize*
starleaf | StarLeaf | call | starleaf*
vidyo | Vidyo | call | vidyo*
polycom | Poly | call | realpresence* polycom*
tixeo | Tixeo | call | tixeo*
livestorm | Livestorm | call | livestorm*
whereby | Whereby | call | whereby*
kmeet | kMeet | call | kmeet* com.infomaniak.meet*
bigbluebutton | BigBlueButton | call | bigbluebutton* bbb-*
nextcloud-talk | Nextcloud Talk | call | nextcloud-talk* nextcloud_talk* nextcloudtalk* com.nextcloud.talk* spreed*
meet | Meet | call | google-meet* google_meet* gmeet* meetinone
wire-meet | Around | call | around around-*
pop | Pop | call | pop-app com.pop.pop*
tandem | Tandem | call | tandem com.tandem*
teamflow | Teamflow | call | teamflow*
kumospace | Kumospace | call | kumospace*
butter | Butter | call | butter-*
voov | VooV Meeting | call | voov* wemeet* wemeetapp* tencentmeeting* com.tencent.meeting* com.tencent.wemeet*
lark | Lark | call | lark feishu* bytedance-feishu* larksuite* com.larksuite* com.electron.lark*
dingtalk | DingTalk | call | dingtalk* com.alibaba.dingtalk* com.laiwang*
zoho | Zoho Meeting | call | zohomeeting* zoho_meeting* zoho-meeting* zohocliq* cliq
amazon-chime | Amazon Chime | call | chime amazon_chime* amazonchime* com.amazon.chime*
adobe-connect | Adobe Connect | call | adobeconnect* adobe_connect* connectapp*
microsip | MicroSIP | call | microsip
mumble | Mumble | call | mumble* info.mumble* plumble
teamspeak | TeamSpeak | call | teamspeak* ts3client* ts5client* ts6client*
ventrilo | Ventrilo | call | ventrilo* mangler
teamtalk | TeamTalk | call | teamtalk*
ringcentral | RingCentral | call | ringcentral* com.ringcentral*
gotomeeting | GoTo | call | goto gotomeeting* g2mcomm* com.logmein.goto*
3cx | 3CX | call | 3cx* com.3cx*
zoiper | Zoiper | call | zoiper* com.zoiper*
bluejeans | BlueJeans | call | bluejeans* com.bluejeans*
tuple | Tuple | call | tuple app.tuple*
gather | Gather | call | gather gathertown* com.gather*
aircall | Aircall | call | aircall* io.aircall*
dialpad | Dialpad | call | dialpad* com.dialpad*
google-voice | Google Voice | call | google-voice* google_voice*
galene | Galene | call | galene*
trueconf | TrueConf | call | trueconf*
rainbow | Rainbow | call | rainbow openrainbow alcatel-rainbow com.openrainbow*
unify | Unify | call | unify* openscape* circuit circuit-desktop
sangoma | Sangoma | call | sangoma* zulu-uc zulu
telavox | Telavox | call | telavox* mytelavox*
swyx | Swyx | call | swyx*
nfon | Cloudya | call | cloudya* nfon*
innovaphone | innovaphone | call | innovaphone* myapps
grandstream | Grandstream Wave | call | grandstream* gswave*
ooma | Ooma | call | ooma*
mirotalk | MiroTalk | call | mirotalk* miro-talk*
edumeet | eduMEET | call | edumeet*
workadventure | WorkAdventure | call | workadventure*
doctolib | Doctolib | call | doctolib* qare livi maiia
visio | Visio | call | visio visio-* lasuite-meet* la-suite-meet*
zendesk | Zendesk Talk | call | zendesk-talk*
nice-cxone | CXone | call | nice-cxone* cxone*
amazon-connect | Amazon Connect | call | amazon-connect*
kphone | KPhone | call | kphone* sipp
snom | snom | call | snom*
escaux | Escaux | call | escaux*
airmeet | Airmeet | call | airmeet*
hopin | Hopin | call | hopin*
livewebinar | LiveWebinar | call | livewebinar*
slack | Slack | chat | slack com.slack* com.tinyspeck.slackmacgap
discord | Discord | chat | discord* vesktop webcord legcord armcord abaddon goofcord equibop dorion com.discordapp*
  com.hnc.discord dev.vencord*
skype | Skype | chat | skype* com.skype*
signal | Signal | chat | signal signal-desktop* org.signal* org.whispersystems.signal*
whatsapp | WhatsApp | chat | whatsapp* whatsdesk whatsie net.whatsapp* zapzap com.rtosta.zapzap
telegram | Telegram | chat | telegram telegram-desktop telegramdesktop* org.telegram* ru.keepcoder.telegram
  kotatogram* 64gram* ayugram*
viber | Viber | chat | viber viberpc com.viber*
element | Element | chat | element element-desktop* im.riot* io.element* schildichat*
nheko | nheko | chat | nheko* im.nheko*
fluffychat | FluffyChat | chat | fluffychat*
cinny | Cinny | chat | cinny*
fractal | Fractal | chat | fractal org.gnome.fractal*
psi | Psi | chat | psi psi-plus* psi+
olvid | Olvid | chat | olvid*
tchap | Tchap | chat | tchap* citadel-team*
dino | Dino | chat | dino dino-im im.dino*
gajim | Gajim | chat | gajim org.gajim*
kaidan | Kaidan | chat | kaidan*
mattermost | Mattermost | chat | mattermost* com.mattermost*
rocketchat | Rocket.Chat | chat | rocketchat* rocket.chat* chat.rocket*
zulip | Zulip | chat | zulip*
wire | Wire | chat | wire wire-desktop com.wearezeta* com.wire*
threema | Threema | chat | threema* ch.threema*
session | Session | chat | session session-desktop* com.loki-project*
simplex | SimpleX | chat | simplex* chat.simplex*
keybase | Keybase | chat | keybase*
briar | Briar | chat | briar*
wechat | WeChat | chat | wechat* weixin* electronic-wechat com.tencent.wechat* com.tencent.xinwechat
wecom | WeCom | chat | wxwork* wecom* com.tencent.weworkmac
qq | QQ | chat | qq linuxqq qqnt com.tencent.qq*
line | LINE | chat | line jp.naver.line*
kakaotalk | KakaoTalk | chat | kakaotalk* com.kakao*
zalo | Zalo | chat | zalo* vn.zalo*
imo | imo | chat | imo imoim*
messenger | Messenger | chat | messenger caprine* com.sindresorhus.caprine com.facebook.archon*
guilded | Guilded | chat | guilded*
revolt | Revolt | chat | revolt* stoat*
spacebar | Spacebar | chat | spacebar*
beeper | Beeper | chat | beeper*
ferdium | Ferdium | chat | ferdi* franz rambox* station wavebox* shift singlebox hamsket
tox | Tox | chat | qtox utox toxygen toxic
pidgin | Pidgin | chat | pidgin empathy kopete
workplace | Workplace | chat | workplace* com.facebook.work*
nextcloud | Nextcloud | chat | nextcloud com.nextcloud*
basecamp | Basecamp | chat | basecamp*
flock | Flock | chat | flock
pumble | Pumble | chat | pumble*
chanty | Chanty | chat | chanty*
delta-chat | Delta Chat | chat | deltachat* delta.chat*
firefox | Firefox | browser | firefox firefox-* firefox_* org.mozilla* librewolf* waterfox* zen zen-bin floorp*
  mullvad* icecat seamonkey* palemoon torbrowser tor-browser iceweasel
chrome | Chrome | browser | chrome google-chrome* google_chrome* com.google.chrome*
chromium | Chromium | browser | chromium chromium-* chromium_* org.chromium* ungoogled-chromium* thorium* iridium*
  cromite*
edge | Edge | browser | msedge microsoft-edge* microsoft_edge* com.microsoft.edge* msedgewebview2
brave | Brave | browser | brave brave-* brave_* com.brave*
vivaldi | Vivaldi | browser | vivaldi* com.vivaldi*
opera | Opera | browser | opera opera-* opera_* com.operasoftware*
safari | Safari | browser | safari com.apple.safari com.apple.webkit*
arc | Arc | browser | arc company.thebrowser*
epiphany | Web | browser | epiphany* org.gnome.epiphany* webkitwebprocess webkitgtk* webprocess
falkon | Falkon | browser | falkon qutebrowser konqueror qtwebengineprocess
yandex | Yandex Browser | browser | yandex-browser* yandex_browser* ru.yandex.desktop*
webapp | Web app | browser | ice-ssb webapp-manager nativefier* pake* tangram
speech | System dictation | unknown | corespeechd com.apple.corespeech* com.apple.speech* speechrecognition*
  speech-dispatcher* sd_* speechd* speechruntime* windowsspeech* ctfmon textinputhost orca espeak* espeak-ng
  festival* rhvoice* piper piper-tts nvda jaws narrator brltty voiceover*
assistant | Assistant | unknown | siri assistantd com.apple.siri* searchapp cortana* mycroft* ovos* openvoiceos*
  rhasspy* wyoming* porcupine* openwakeword* snowboy* picovoice* leon leon-ai jarvis* kalliope* almond* genie* dicio
  hassmic* home-assistant* alexa* google-assistant* googleassistant* copilot microsoft.copilot* chatgpt* com.openai*
  claude claude-desktop gemini perplexity* newelle* aimybox* naomi* stephanie* rasa* willow* lva voice-assistant*
  linux-voice-assistant* limitless* rewind* pieces* granola* otter* fireflies* fathom* tactiq* krisp-notetaker*
  hyprnote* meetily* screenpipe* notion notion-* anarlog* char-app* gpt4all* khoj* pipecat* open-interpreter*
  lm-studio* lmstudio*
dictation | Dictation | unknown | pocketsphinx* julius* blather nerd-dictation dragon natspeak voxtype* whisper*
  wispr* superwhisper* macwhisper* talon vosk* openwhispr* handy voiceaccess voicetyping* speech-note speechnote*
  dsnote net.mkiol* blurt* numen* hyprvoice* waystt* hyprwhspr* vocalinux* elograf* simon simond kaldi* deepspeech*
  sherpa* soundvibes* aquavoice* willowvoice* betterdictation* voiceink* spokenly* typewhisper* turbo-whisper*
  dictation* voice2json* parakeet* buzz buzz-* stt stt-* whispering* epicenter* spraakherkenning* lipsync* talktype*
  saytype* livecaptions* net.sapples* ibus-speech* speech-to-text* dragonfly* voxd* whispertyping*
obs | OBS | unknown | obs obs64 obs32 obs-studio com.obsproject* streamlabs* xsplit* slobs*
audacity | Audacity | unknown | audacity* tenacity org.audacityteam* ocenaudio* audiocutter sweep mhwaveedit
recorder | Sound recorder | unknown | gnome-sound-recorder org.gnome.soundrecorder* vocalis arecord ffmpeg* lavf*
  sox rec parec parecord pw-record pw-cat pacat-rec kooha simplescreenrecorder voicememos com.apple.voicememos
  quicktime_player screenrecorder* gpu-screen-recorder* wf-recorder vokoscreen* kazam peek recordmydesktop
  green-recorder blue-recorder spectacle gtk-recordmydesktop byzanz* screencastify* camtasia* snagit* bandicam*
  fraps* action_* loom* screenstudio* cleanshot* audio-recorder* audiorecorder* krecorder plasma-recorder qarecord
  com.apple.quicktimeplayerx soundrecorder voicerecorder* voice-recorder* gnome-shell-screencast gsr-* reco
  com.github.ryonakano.reco krecord timemachine streamripper darkice butt icecast* liquidsoap* mixxx* radiotray*
  guvcview cheese kamoso webcamoid snapshot org.gnome.snapshot* mencoder vlc mplayer mpv gst-record* dvgrab songrec
  shazam* mousai com.github.seadve.mousai org.gnome.gitlab.yorickpeterse* lingot* friture* spek baudline fmit gtick
  solfege* tuner* tartini sonic-visualiser* praat* rmeedit jaaa japa meterbridge scope-tui cava glava* catnip*
  audiowaveform
studio | Audio workstation | unknown | sunvox* hexter* sfizz* neural-amp* guitarpro* ardour* mixbus* reaper* bitwig*
  garageband* com.apple.garageband* logic_pro* com.apple.logic* com.apple.mainstage* lmms qtractor rosegarden*
  hydrogen zrythm* muse muse4 musescore* mscore* renoise* waveform* tracktion* studio_one* studioone* presonus*
  cubase* nuendo* wavelab* steinberg* ableton* live fl64 fl fl_studio* image-line* protools* pro_tools* avid*
  cakewalk* sonar adobe_audition* audition* samplitude* acid soundforge* reason* maschine* komplete* sonicpi*
  sonic-pi* supercollider* scsynth scide puredata* pd plugdata* csound* vcvrack* rack vcv* cecilia* traverso* non-*
  nama ecasound* seq24 seq66 giada* luppp sooperlooper* bespoke* helio* stargate* radium* openmpt* milkytracker*
  dawproject* guitarix* rakarrack* tonelib* amplitube* biasfx* neuraldsp* guitarrig* positivegrid* kushview*
  element-host ultrastar* performous* ardour-* jamulus* sonobus* jacktrip* ninjam* bandlab* soundtrap* yoshimi
  zynaddsubfx* qsynth fluidsynth* surge* vital* helm drumgizmo* carla* denemo* frescobaldi* tuxguitar* linuxsampler*
  qjackctl* ossia* iannix* usine* resolve davinciresolve* kdenlive* shotcut* openshot* premiere* finalcut*
  com.apple.finalcut* olive-editor blender* pitivi* flowblade* yousician* rocksmith* anki duolingo* busuu*
hypervisor | Virtual machine | unknown | vmrc* bhyve* virtualhere* virtualbox* virtualboxvm vboxheadless vboxsdl vbox*
  org.virtualbox* qemu* kvm kvm-* com.utmapp* utm qemu-system* vmware* vmware-vmx* vmplayer* com.vmware* prl_*
  parallels* com.parallels* gnome-boxes org.gnome.boxes* virt-viewer* virt-manager* remote-viewer* spicy* spice*
  libvirt* xen* hyperv* vmconnect* vmwp vmms aqemu quickemu* quickgui* cloud-hypervisor* crosvm* firecracker*
  waydroid* anbox* genymotion* bluestacks* hd-player noxvm* memu* ldplayer* android-emulator* emulator* scrcpy* aosp-*
  lime limavm* multipass* looking-glass* virgl* ovito-vm bochs* dosbox* pcem* 86box* gnome-boxes*
remote-desktop | Remote desktop | unknown | remmina* org.remmina* xfreerdp* wlfreerdp* sdl-freerdp* freerdp* rdesktop*
  krdc* mstsc* msrdc* msrdcw* com.microsoft.rdc* windowsapp windows_app* teamviewer* com.teamviewer* anydesk*
  com.philandro* rustdesk* com.carriez* parsec* parsecd nxplayer* nxclient* nomachine* nxnode* nxserver* x2go*
  vncviewer* tigervnc* realvnc* vinagre* gnome-connections* org.gnome.connections* splashtop* strwinclt* srstreamer*
  wfica* citrix* com.citrix* hdxrtcengine* selfservice icaclient* horizon* vmware-view* omnissa* workspacesclient*
  com.amazon.workspaces* workspaces dcvviewer* nice-dcv* moonlight* com.moonlight* sunshine* dev.lizardbyte* barrier*
  chrome-remote-desktop* remoting_me2me* remoting_host* jump_desktop* royalts* royaltsx* devolutions* mremoteng*
  ultraviewer* supremo* zohoassist* dwagent* dwrcc* logmein* lmiguardian* screenconnect* connectwise* bomgar*
  beyondtrust* ammyy* iperius* getscreen* hoptodesk* deskin* todesk* sunlogin* gotoassist* g2ax* thinlinc* tlclient
  xpra* guacd weston-rdp* xrdp* pulseaudio-xrdp* krfb* wayvnc* turbovnc* steamlink* steam_link* nvstreamer geforcenow*
  gfn* com.nvidia.gfnpc* stadia* xcloud* shadow shadow-* boosteroid* chiaki* greenlight* gnome-remote-desktop* vino*
  xrdp-chansrv
game | Game | unknown | steam steamwebhelper* steam-* steamtours* vrmonitor* shadps4* lime3ds* slippi* project64*
  com.valvesoftware* gameoverlayui* steamvr* vrserver vrchat* vrcompositor* monado* wivrn* alvr* minecraft*
  prismlauncher* multimc* org.prismlauncher* lutris* heroic* bottles* csgo* cs2 dota2* dota hl2_linux hl2* tf2*
  tf_linux64 left4dead* portal2* factorio* terraria* valheim* rust rustclient* among_us* amongus* phasmophobia*
  fortnite* epicgames* epicgameslauncher* battlenet* battle.net* overwatch* worldofwarcraft* wow wow-64 wowclassic*
  leagueclient* league_of_legends* riotclient* valorant* apex* r5apex* pubg* tslgame* roblox* sober org.vinegarhq*
  robloxplayer* gta* gtav* gta5* fivem* redm* ragemp* rdr2* eldenring* arma3* dayz* squad* escapefromtarkov* tarkov*
  destiny2* warframe* eve eve-online* exefile starcitizen* elite* elitedangerous* rocketleague* fallguys*
  seaofthieves* deadbydaylight* lethalcompany* lethal_company* peak repo contentwarning* gmod garrysmod* hammer
  unturned* war_thunder* warthunder* aces worldoftanks* wot* worldofwarships* retroarch* dolphin-emu* pcsx2* rpcs3*
  yuzu* ryujinx* citra* cemu* ppsspp* xemu* mame* duckstation* melonds* desmume* supertuxkart* 0ad* pyrogenesis
  openarena* xonotic* quake* doom* gzdoom* wesnoth* openttd* freeciv* teeworlds* ddnet* minetest* luanti* veloren*
  hedgewars* assaultcube* redeclipse* warsow* unvanquished* urbanterror* callofduty* cod modernwarfare* halo*
  haloinfinite* battlefield* bf1* bf2042* titanfall* forza* xbox* gamebar* gamescope* godot* unityplayer* ue4game*
  ue5game* *-win64-shipping *-linux-shipping flightsim* flightsimulator* x-plane* vatsim* vpilot* xpilot* swift-pilot*
  trackaudio* tacview* dcs simshaker* srs-client* sr-clientradio* crewchief*
mixer | Mixer | unknown | pavucontrol* org.pulseaudio.pavucontrol pavumeter gnome-control-center gnome-shell
  plasmashell kmix pulsemixer pwvucontrol com.saivert.pwvucontrol helvum qpwgraph cinnamon* coppwr*
  org.pipewire.helvum xfce4-pulseaudio* mate-volume* volumeicon pasystray pamixer ncpamixer myxer pnmixer lxqt-panel
  lxpanel budgie-panel gnome-settings-daemon gsd-media-keys kded5 kded6 kcmshell5 kcmshell6 io.elementary.*
  wingpanel waybar polybar i3status* eww ags ironbar swaync xmobar systemsettings* wiremix pulseaudio-equalizer*
  sndvol mmsys soundsource* com.rogueamoeba.soundsource
effects | Sound effects | unknown | vban* ndi* eq10q* easyeffects com.github.wwmm.easyeffects noisetorch*
  pulseeffects* cadmus* krisp* jamesdsp* jackd jackdbus voicemeeter* equalizerapo* rnnoise* rtxvoice*
  nvidia_broadcast* nvidiabroadcast* deepfilter* noise-suppression* noise_suppression* nsnet* werman* lsp-plugins*
  swh-* clownfish* voicemod* voiceai* morphvox* soundux* lyrebird* okada* vcclient* mmvcserver* w-okada* rvc-*
  steelseries* sonar-engine soundpad* resanance* expvac* vb-cable* vbcable* blackhole* loopback
  com.rogueamoeba.loopback* audiohijack* com.rogueamoeba.audiohijack* soundflower* audiorelay* scream* mic-over-*
  wo-mic* droidcam* iriun* epoccam* camo* ladspa* calf* calfjackhost sidetone* headsetcontrol* vseeface* vtube*
  animaze* veadotube* openseeface*
sound-system | Sound system | unknown | pulseaudio pipewire pipewire-pulse pipewire-media-session wireplumber
  coreaudiod audiodg snapclient* snapserver* roc-recv roc-send pw-loopback pw-jack pw-link pacmd pactl
  pavucontrol-qt-meter bluez* bluetoothd bluealsa* ofono* module-* alsaloop alsa_in alsa_out zita-* a2jmidid jack_*
  pulseaudio-dlna* mkchromecast* pulse-browser xdg-desktop-portal*
clepsydra | Clepsydra | unknown | clepsydra
"""
