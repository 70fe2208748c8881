/**
 * What names in a Verilog-A module must keep clear of: the keywords of Verilog-AMS (Accellera 2.4, annex B), the
 * disciplines, natures and access functions of its standard definitions (annex D), and the module's own pins.
 */
export const verilogWords: readonly string[] = `
  above abs absdelay absdelta abstol ac_stim access acos acosh aliasparam always analog analysis and asin asinh assert
  assign atan atan2 atanh automatic begin branch buf bufif0 bufif1 case casex casez ceil cell cmos config
  connect connectmodule connectrules continuous cos cosh cross ddt ddt_nature ddx deassign default defparam design disable
  discipline discrete domain driver_update edge else end endcase endconfig endconnectrules enddiscipline endfunction
  endgenerate endmodule endnature endparamset endprimitive endspecify endtable endtask event exclude exp final_step
  flicker_noise floor flow for force forever fork from function generate genvar ground highz0 highz1 hypot idt idt_nature
  idtmod if ifnone incdir include inf initial initial_step inout input instance integer join laplace_nd laplace_np
  laplace_zd laplace_zp large last_crossing liblist library limexp ln localparam log macromodule max medium merged min
  module nand nature negedge net_resolution nmos noise_table noise_table_log nor noshowcancelled not notif0 notif1 or
  output parameter paramset pmos posedge potential pow primitive pull0 pull1 pulldown pullup pulsestyle_ondetect
  pulsestyle_onevent rcmos real realtime reg release repeat resolveto rnmos rpmos rtran rtranif0 rtranif1 scalared
  showcancelled signed sin sinh slew small specify specparam split sqrt string strong0 strong1 supply0 supply1 table tan
  tanh task time timer tran tranif0 tranif1 transition tri tri0 tri1 triand trior trireg units unsigned use uwire vectored
  wait wand weak0 weak1 while white_noise wire wor wreal xnor xor zi_nd zi_np zi_zd zi_zp
  ddiscrete electrical kinematic kinematic_v logic magnetic rotational rotational_omega thermal voltage current
  Acceleration Angle Angular_Acceleration Angular_Force Angular_Velocity Charge Current Flux Force Impulse
  Magneto_Motive_Force Position Power Temperature Velocity Voltage
  Acc Alpha F I Imp MMF Omega Phi Pos Pwr Q Tau Temp Theta V Vel
  n p`
  .trim()
  .split(/\s+/);
