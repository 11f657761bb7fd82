-- What an ambulance may drive on, and how fast, for OSRM. The tables come from this program's own; the rules that read
-- them are written anew after the comments of ambulance.toml, and so can be compared with those of the program.
api_version = 4

--[[TABLES]]

function setup()
  local restrictions = { "motorcar", "motor_vehicle" }
  for _, word in ipairs(T.not_for) do restrictions[#restrictions + 1] = word end
  return {
    properties = {
      weight_name = "duration",
      use_turn_restrictions = true,
      continue_straight_at_waypoint = false,
      max_speed_for_map_matching = 200 / 3.6,
    },
    default_mode = mode.driving,
    restrictions = restrictions,
  }
end

local function opened(tags)
  for key, values in pairs(T.opens) do
    local value = tags:get_value_by_key(key)
    if value and values[value] then return true end
  end
  return false
end

-- Points: gates take time, walls end the road.
function process_node(profile, node, result)
  local kind = node:get_value_by_key("barrier")
  if not kind then return end
  if T.gate_s[kind] then
    local emergency = node:get_value_by_key("emergency")
    if emergency and T.closed[emergency] then
      obstacle_map:add(node, Obstacle.new(obstacle_type.barrier))
    elseif T.gate_s[kind] > 0 then
      obstacle_map:add(node, Obstacle.new(obstacle_type.gate, obstacle_direction.both, T.gate_s[kind] * T.slower, 0))
    end
  elseif T.walls[kind] or (T.walls_unless_opened[kind] and not opened(node)) then
    obstacle_map:add(node, Obstacle.new(obstacle_type.barrier))
  end
end

-- A limit in km/h, or nil.
local function limit_of(text)
  text = text:lower():gsub("^%s+", ""):gsub("%s+$", "")
  if text == "" or T.unsigned[text] then return 0 end
  if text == "none" then return T.no_limit_kmh end
  if text == "walk" or text == "walking" then return T.walk_kmh end
  if text:find("[|;]") then
    local best = nil
    for part in text:gmatch("[^|;]+") do
      local read = limit_of(part)
      if read == nil then return nil end
      if read > 0 and (best == nil or read > best) then best = read end
    end
    return best
  end
  local number, unit = text:match("^(%d+[.,]?%d*)%s*([a-z/]*)$")
  if number then
    local scale = T.units[unit]
    if not scale then return nil end
    local kmh = tonumber((number:gsub(",", "."))) * scale
    if kmh < T.least_limit or kmh > T.most_limit then return nil end
    return kmh
  end
  local zone = text:match("^%a%a:(.+)$") or text:match("^%a%a%-%a+:(.+)$")
  if zone then
    zone = zone:gsub("^zone:?", "")
    return tonumber(zone) or T.general[zone]
  end
  return nil
end

local function signed(way, direction)
  for _, key in ipairs({ "maxspeed:" .. direction, "maxspeed", "maxspeed:type", "zone:maxspeed", "source:maxspeed" }) do
    local text = way:get_value_by_key(key)
    if text then
      local kmh = limit_of(text)
      if kmh == 0 then return nil end
      if kmh then return kmh end
    end
  end
  return nil
end

local function speed(way, class, direction)
  local row = T.by_class[class]
  local kmh = (signed(way, direction) or row.limit) * row.factor
  local surface = way:get_value_by_key("surface")
  if surface and T.unpaved[surface] then
    kmh = math.min(kmh * T.unpaved_factor, T.unpaved_most_kmh)
  end
  return math.max(math.min(kmh, row.most), T.least_kmh) / T.slower
end

-- "open", "slow" or "closed" in one direction.
local function access(way, direction, class)
  for _, key in ipairs(T.access_keys) do
    local value = way:get_value_by_key(key .. ":" .. direction) or way:get_value_by_key(key)
    if value then
      if not T.closed[value] then return "open" end
      if key == "emergency" then return "closed" end
      if opened(way) then return "open" end
      if T.slow_keys[key] and T.slow_classes[class] then return "slow" end
      return "closed"
    end
  end
  return "open"
end

-- Whether it may be driven ahead and back, by signs for one-way roads.
local function directions(way, highway)
  local value = way:get_value_by_key("oneway")
  local ahead, back = true, true
  if value then
    if T.uncertain[value] then return true, true end
    if T.along[value] then back = false elseif T.against[value] then ahead = false end
  else
    local junction = way:get_value_by_key("junction")
    if (junction and T.junctions[junction]) or T.one_way_highways[highway] then back = false end
  end
  if ahead and back then return true, true end
  for _, key in ipairs(T.both_ways_if_no) do
    if way:get_value_by_key(key) == "no" then return true, true end
  end
  local busway = way:get_value_by_key("busway")
  if busway and busway:sub(1, 8) == "opposite" then return true, true end
  return ahead, back
end

local function duration_of(text)
  local parts = {}
  if not text or text:gsub("[%d:]", "") ~= "" then return nil end
  for part in text:gmatch("%d+") do parts[#parts + 1] = tonumber(part) end
  if #parts == 1 then return parts[1] * 60 end
  if #parts == 2 then return parts[1] * 3600 + parts[2] * 60 end
  if #parts == 3 then return parts[1] * 3600 + parts[2] * 60 + parts[3] end
  return nil
end

local function ferry(way, result)
  local told = false
  for _, key in ipairs(T.ferry_closed_keys) do
    local value = way:get_value_by_key(key)
    if value == "no" then return end
    if value then told = true end
  end
  if way:get_value_by_key("access") == "no" and not opened(way) then return end
  local foot = way:get_value_by_key("foot")
  if (foot == "yes" or foot == "designated") and not told then return end
  local ahead, back = directions(way, "")
  if ahead then result.forward_mode = mode.ferry end
  if back then result.backward_mode = mode.ferry end
  local seconds = duration_of(way:get_value_by_key("duration"))
  if seconds then
    result.duration = (seconds + T.boarding_s) * T.slower
  else
    result.forward_speed = T.ferry_kmh / T.slower
    result.backward_speed = T.ferry_kmh / T.slower
  end
  result.is_startpoint = false
end

function process_way(profile, way, result)
  local highway = way:get_value_by_key("highway")
  if way:get_value_by_key("area") == "yes" then return end
  if not highway then
    if way:get_value_by_key("route") == "ferry" then ferry(way, result) end
    return
  end
  local class, stop = nil, true
  if T.if_opened[highway] then
    if not opened(way) then return end
    class = T.if_opened_class
  elseif T.highway[highway] then
    class, stop = T.highway[highway].class, T.highway[highway].stop
  else
    return
  end
  local ahead, back = directions(way, highway)
  local there, return_ = access(way, "forward", class), access(way, "backward", class)
  ahead, back = ahead and there ~= "closed", back and return_ ~= "closed"
  if not ahead and not back then return end
  if (ahead and there == "slow") or (back and return_ == "slow") then class = "pedestrian" end
  if ahead then
    result.forward_mode = mode.driving
    result.forward_speed = speed(way, class, "forward")
  end
  if back then
    result.backward_mode = mode.driving
    result.backward_speed = speed(way, class, "backward")
  end
  local tunnel = way:get_value_by_key("tunnel")
  if not stop or (tunnel and tunnel ~= "no" and tunnel ~= "culvert") or way:get_value_by_key("covered") == "yes" then
    result.is_startpoint = false
  end
end

-- Turns take no time of their own but at gates.
function process_turn(profile, turn)
  for _, obstacle in pairs(obstacle_map:get(turn.from, turn.via)) do
    turn.duration = turn.duration + obstacle.duration
  end
  turn.weight = turn.duration
end

return { setup = setup, process_node = process_node, process_way = process_way, process_turn = process_turn }
